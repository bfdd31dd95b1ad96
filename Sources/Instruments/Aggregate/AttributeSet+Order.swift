extension AttributeSet {
    /// The order of sets in all output: by keys and values, the shorter set first.
    func precedes(_ other: AttributeSet) -> Bool {
        for (left, right) in zip(attributes, other.attributes) where left != right {
            if left.key.precedes(right.key) { return true }
            if right.key.precedes(left.key) { return false }
            return left.value.precedes(right.value)
        }
        return attributes.count < other.attributes.count
    }
}

extension AttributeValue {
    /// A total order: by kind, then by value.
    func precedes(_ other: AttributeValue) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.precedes(right)
        case (.bool(let left), .bool(let right)): !left && right
        case (.int(let left), .int(let right)): left < right
        case (.double(let left), .double(let right)):
            left.bitPattern != right.bitPattern && left.isTotallyOrdered(belowOrEqualTo: right)
        case (.bytes(let left), .bytes(let right)): left.lexicographicallyPrecedes(right)
        case (.array(let left), .array(let right)):
            left.lexicographicallyPrecedes(right) { $0.precedes($1) }
        case (.map(let left), .map(let right)):
            AttributeSet(left).precedes(AttributeSet(right))
        default: kindRank < other.kindRank
        }
    }

    private var kindRank: Int {
        switch self {
        case .empty: 0
        case .bool: 1
        case .int: 2
        case .double: 3
        case .string: 4
        case .bytes: 5
        case .array: 6
        case .map: 7
        }
    }
}
