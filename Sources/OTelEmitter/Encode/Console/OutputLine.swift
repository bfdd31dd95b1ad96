internal import Instruments

/// What an exporter to a file or to standard output writes at a time: once it is written, its data
/// points are delivered.
struct OutputLine: Equatable {
    /// Without the line break; none is within.
    let bytes: [UInt8]
    /// Data points that it holds.
    let points: Int

    /// One line of text for each data point.
    static func text(_ snapshot: MetricsSnapshot) -> [OutputLine] {
        ConsoleText.lines(snapshot).map { OutputLine(bytes: Array($0.utf8), points: 1) }
    }

    /// One line for each request of OTLP JSON, which is a record of an OTLP file, too (checklist
    /// C13): the encoder writes no white space between the parts, and escapes it within.
    ///
    /// - Parameter oversized: told the metric and the number of data points that are too large for
    ///   any request, and so for a line.
    static func json(
        _ snapshot: MetricsSnapshot, limits: BatchLimits,
        oversized: (_ metric: String, _ points: Int) -> Void
    ) -> [OutputLine] {
        var encoder = OTLPEncoder(limits: limits)
        var lines: [OutputLine] = []
        encoder.encode(snapshot, oversized: oversized) { bytes, points in
            lines.append(OutputLine(bytes: Array(bytes), points: points))
        }
        return lines
    }
}
