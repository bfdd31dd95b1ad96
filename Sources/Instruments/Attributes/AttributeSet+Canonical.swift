/// The form in which equal sets are the same: unique keys, none empty, sorted by their bytes.
extension AttributeSet {
    /// Whether attributes are in that form as they are given.
    static func isCanonical(_ attributes: [Attribute]) -> Bool {
        var previous: String?
        for attribute in attributes {
            switch attribute.value {
            case .array, .map: return false
            default: break
            }
            if attribute.key.isEmpty { return false }
            if let previous, !previous.precedes(attribute.key) { return false }
            previous = attribute.key
        }
        return true
    }

    /// Attributes in that form; of equal keys the last one.
    static func canonical(_ attributes: [Attribute], depth: Int = 0) -> [Attribute] {
        let named = attributes.enumerated().filter { !$0.element.key.isEmpty }
        // Of equal keys the later one comes first, and is the one that stays.
        let sorted = named.sorted { left, right in
            let order = left.element.key.order(to: right.element.key)
            return order < 0 || (order == 0 && left.offset > right.offset)
        }
        var unique: [Attribute] = []
        unique.reserveCapacity(sorted.count)
        for (_, attribute) in sorted where unique.last?.key.isSame(as: attribute.key) != true {
            unique.append(Attribute(attribute.key, attribute.value.canonical(depth: depth)))
        }
        return unique
    }
}

extension AttributeValue {
    /// How deep arrays and maps may be nested. Official decoders take a hundred nested messages, of
    /// which each level needs up to three, and refuse the whole batch beyond.
    public static let maximumDepth = 24

    /// This value with the maps inside as sets, and nothing nested too deep.
    fileprivate func canonical(depth: Int) -> AttributeValue {
        switch self {
        case .map, .array: if depth >= Self.maximumDepth { return .empty }
        default: return self
        }
        return switch self {
        case .map(let attributes): .map(AttributeSet.canonical(attributes, depth: depth + 1))
        case .array(let values): .array(values.map { $0.canonical(depth: depth + 1) })
        default: self
        }
    }
}
