/// What becomes of an instrument that several views select (checklist A5.11, A5.12).
/// Specification: metrics SDK, *Measurement processing*; composing is in development there.
public enum ViewMatching: Sendable, Hashable, CaseIterable {
    /// Each view makes a stream of its own.
    case independent
    /// Views that give their streams the same name make one stream together: of each setting the
    /// last one counts, and an attribute is kept if every view keeps it. The aggregation
    /// `.standard` counts as no setting, so a view can't undo a `.drop` by it.
    case composable

    /// The views that make one stream each, in the order of the first of their name.
    func streams(of views: [View], instrument: String) -> [View] {
        guard self == .composable else { return views }
        var composed: [View] = []
        var places: [String: Int] = [:]
        for view in views {
            let name = (view.name ?? instrument).lowercased()
            if let place = places[name] {
                composed[place].compose(view)
            } else {
                places[name] = composed.count
                composed.append(view)
            }
        }
        return composed
    }
}

extension View {
    /// Puts the settings of a later view over those of this one.
    fileprivate mutating func compose(_ later: View) {
        name = later.name ?? name
        description = later.description ?? description
        if later.aggregation != .standard { aggregation = later.aggregation }
        cardinalityLimit = later.cardinalityLimit ?? cardinalityLimit
        reservoir = later.reservoir ?? reservoir
        if let filter = later.attributes {
            attributes = attributes.map { $0.and(filter) } ?? filter
        }
    }
}
