/// The value of a sum or a gauge. Doubles are compared by bit pattern.
public enum Number: Sendable, Equatable {
    /// A signed integer of 64 bits.
    case int(Int64)
    /// A double, compared by bit pattern.
    case double(Double)

    public static func == (left: Number, right: Number) -> Bool {
        switch (left, right) {
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        default: false
        }
    }
}

extension Number {
    var asDouble: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }

    /// The bits as a gauge's cell keeps them.
    var bits: UInt64 {
        switch self {
        case .int(let value): UInt64(bitPattern: value)
        case .double(let value): value.bitPattern
        }
    }
}

extension Number {
    /// The sum; integers saturate.
    func adding(_ other: Number) -> Number {
        switch (self, other) {
        case (.int(let left), .int(let right)): .int(left.addingSaturating(right))
        default: .double((asDouble + other.asDouble).heldFinite)
        }
    }
}
