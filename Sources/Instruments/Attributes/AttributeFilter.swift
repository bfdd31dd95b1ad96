/// Which attributes of a measurement a stream keeps (A5.6).
public enum AttributeFilter: Sendable, Hashable {
    /// Only these keys.
    case only(Set<String>)
    /// All but these keys.
    case except(Set<String>)

    func keeps(_ key: String) -> Bool {
        switch self {
        case .only(let keys): keys.contains(key)
        case .except(let keys): !keys.contains(key)
        }
    }

    /// The kept part of a set; the set itself if all is kept.
    func apply(_ set: AttributeSet) -> AttributeSet {
        let attributes = set.attributes
        let kept = attributes.filter { keeps($0.key) }
        return kept.count == attributes.count ? set : AttributeSet(kept)
    }

    /// The left-out part of a set.
    func removed(_ set: AttributeSet) -> [Attribute] {
        set.attributes.filter { !keeps($0.key) }
    }
}

extension AttributeFilter {
    /// Keeps what both keep.
    func and(_ other: AttributeFilter) -> AttributeFilter {
        switch (self, other) {
        case (.only(let left), .only(let right)): .only(left.intersection(right))
        case (.only(let kept), .except(let removed)), (.except(let removed), .only(let kept)):
            .only(kept.subtracting(removed))
        case (.except(let left), .except(let right)): .except(left.union(right))
        }
    }
}
