/// Whether and how an instrument's measurements may be written straight into its only stream's
/// cells: when each kind of instrument has the aggregation that it has without views, or an
/// exponential histogram.
struct DirectWrite: Sendable {
    let isPossible: Bool
    let isExponential: Bool
    let explicit: HistogramCell
    let exponential: ExponentialHistogramCell

    /// Writes into a histogram's cell.
    @inline(__always)
    func record(_ value: Double, at offset: UInt32) {
        if isExponential {
            exponential.record(value, at: offset)
        } else {
            explicit.record(value, at: offset)
        }
    }

    init(_ state: StreamState?, _ kind: InstrumentKind) {
        var (explicit, exponential) = (HistogramCell.unused, ExponentialHistogramCell.unused)
        var isExponential = false
        switch (state, kind) {
        case (.sum, .counter), (.sum, .upDownCounter), (.lastValue, .gauge):
            isPossible = true
        case (.explicitBuckets(let cell, _), .histogram):
            isPossible = true
            explicit = cell
        case (.exponentialBuckets(let cell, _), .histogram):
            isPossible = true
            isExponential = true
            exponential = cell
        default:
            isPossible = false
        }
        self.isExponential = isExponential
        self.explicit = explicit
        self.exponential = exponential
    }
}
