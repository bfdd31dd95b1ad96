/// What a cell holds, over all threads.
enum CellReading: Sendable {
    /// The sum as it is, which may be outside of what a point can hold.
    case integer(Int128, updates: UInt64)
    case double(Double, updates: UInt64)
    case level(UInt64, updates: UInt64)
    case explicit(HistogramCell.Reading)
    case exponential(ExponentialHistogramCell.Reading)

    /// How many measurements it has taken.
    var updates: UInt64 {
        switch self {
        case .integer(_, let updates), .double(_, let updates), .level(_, let updates): updates
        case .explicit(let reading): reading.count
        case .exponential(let reading): reading.count
        }
    }

    /// Whether nothing was measured between two readings of a cell. The parts of a reading are not
    /// of one instant, so the count alone does not tell.
    func isSame(as other: CellReading) -> Bool { updates == other.updates && bits == other.bits }

    /// The value's bits: of histograms, those of the sum.
    var bits: UInt64 {
        switch self {
        case .integer(let value, _): UInt64(truncatingIfNeeded: value)
        case .double(let value, _): value.bitPattern
        case .level(let bits, _): bits
        case .explicit(let reading): reading.sum.bitPattern
        case .exponential(let reading): reading.sum.bitPattern
        }
    }

    /// The value of a sum or a gauge, as the instrument's numbers; nil for histograms.
    func number(_ kind: NumberKind) -> Number? {
        switch self {
        case .integer(let value, _): .int(Int64(clamping: value))
        case .double(let value, _): .double(value)
        case .level(let bits, _):
            kind == .integer ? .int(Int64(bitPattern: bits)) : .double(Double(bitPattern: bits))
        case .explicit, .exponential: nil
        }
    }

    /// What two cells hold together; of levels, which have no order, the one that was recorded.
    func adding(_ other: CellReading, size: Int) -> CellReading {
        switch (self, other) {
        case (.integer(let left, let updates), .integer(let right, let more)):
            return .integer(left &+ right, updates: updates &+ more)
        case (.double(let left, let updates), .double(let right, let more)):
            return .double((left + right).heldFinite, updates: updates &+ more)
        case (.level(let left, let updates), .level(let right, let more)):
            return .level(updates > 0 ? left : right, updates: updates &+ more)
        case (.explicit(let left), .explicit(let right)):
            return .explicit(left.adding(right))
        case (.exponential(var left), .exponential(let right)):
            left.add(right, size: size)
            return .exponential(left)
        default: return self
        }
    }

    /// What came after `origin`, an earlier reading of the same cell. Extremes can't be told apart
    /// and are given up; a level is what it is.
    func subtracting(_ origin: CellReading) -> CellReading {
        switch (self, origin) {
        case (.integer(let value, let updates), .integer(let before, let updatesBefore)):
            .integer(value &- before, updates: updates &- updatesBefore)
        case (.double(let value, let updates), .double(let before, let updatesBefore)):
            .double((value - before).heldFinite, updates: updates &- updatesBefore)
        case (.level(let bits, let updates), .level(_, let updatesBefore)):
            .level(bits, updates: updates &- updatesBefore)
        case (.explicit(let reading), .explicit(let before)):
            .explicit(reading.subtracting(before))
        case (.exponential(let reading), .exponential(let before)):
            .exponential(reading.subtracting(before))
        default: self
        }
    }
}
