internal import Instruments

/// One write of an exporter to a file or to standard output. Once it is written, its data points
/// are delivered.
struct OutputLine: Equatable {
    /// The bytes without the line break at the end. They contain no other one.
    let bytes: [UInt8]
    /// The number of data points in the line.
    let points: Int

    /// One line of text for each data point.
    static func text(_ snapshot: MetricsSnapshot) -> [OutputLine] {
        ConsoleText.lines(snapshot).map { OutputLine(bytes: Array($0.utf8), points: 1) }
    }

    /// One line for each request of OTLP JSON. Such a line is also a record of an OTLP file
    /// (specification: *OpenTelemetry Protocol File Exporter*): the encoder writes no white space
    /// between values and escapes it within strings.
    ///
    /// - Parameter oversized: called with a metric and the number of its data points that are too
    ///   large for any request, and therefore for a line.
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
