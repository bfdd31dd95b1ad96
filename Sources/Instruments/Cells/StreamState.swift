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

    /// What the cell at an offset holds, over all threads.
    func read(at offset: UInt32, _ number: NumberKind) -> CellReading {
        switch self {
        case .sum where number == .integer:
            let (value, updates) = SumCell.readInteger(at: offset)
            return .integer(value, updates: updates)
        case .sum:
            let (value, updates) = SumCell.readDouble(at: offset)
            return .double(value, updates: updates)
        case .lastValue:
            let (bits, updates) = GaugeCell.read(at: offset)
            return .level(bits, updates: updates)
        case .explicitBuckets(let cell, _): return .explicit(cell.read(at: offset))
        case .exponentialBuckets(let cell, _): return .exponential(cell.read(at: offset))
        }
    }

    /// What two cells of a stream hold together.
    func add(_ left: CellReading, _ right: CellReading) -> CellReading {
        if case .exponentialBuckets(let cell, _) = self {
            return left.adding(right, size: cell.maximumSize)
        }
        return left.adding(right, size: 0)
    }
}
