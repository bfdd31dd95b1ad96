extension MetricStream {
    /// Reads the cell of a series.
    func read(_ series: Series) -> CellReading {
        let offset = series.cell.offset
        switch state {
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

    /// Forgets a series; what a handle writes to it later begins it anew.
    func remove(_ attributes: AttributeSet) {
        let kept = filter.map { $0.apply(attributes) } ?? attributes
        if table.remove(kept, read: read) { revive() }
    }

    /// Adds readings of two cells of this stream.
    func add(_ left: CellReading, _ right: CellReading) -> CellReading {
        if case .exponentialBuckets(let cell, _) = state {
            return left.adding(right, size: cell.maximumSize)
        }
        return left.adding(right, size: 0)
    }
}
