/// What a stream's cells are: an aggregation, resolved for one instrument.
enum StreamState: Sendable {
    case sum
    case lastValue
    case explicitBuckets(HistogramCell, recordsMinMax: Bool)
    case exponentialBuckets(ExponentialHistogramCell, recordsMinMax: Bool)

    var words: Int {
        switch self {
        case .sum: SumCell.words
        case .lastValue: GaugeCell.words
        case .explicitBuckets(let cell, _): cell.words
        case .exponentialBuckets(let cell, _): cell.words
        }
    }
}
