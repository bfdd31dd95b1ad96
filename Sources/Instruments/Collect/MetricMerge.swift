/// Makes one metric of those that receivers could not tell apart: a metric is identified by name,
/// unit and kind of data, not by its description, the kind of number or the bounds of buckets
/// (checklist A3.34, A3.35).
enum MetricMerge {
    /// The metrics in their order, those of one identity joined at the place of the first.
    static func merge(_ metrics: [Metric]) -> [Metric] {
        var merged: [Metric] = []
        var places: [Identity: [Int]] = [:]
        for metric in metrics {
            let known = places[Identity(metric), default: []]
            let isJoined = known.contains { place in
                guard let joined = join(merged[place], metric) else { return false }
                merged[place] = joined
                return true
            }
            if isJoined { continue }
            places[Identity(metric), default: []].append(merged.count)
            merged.append(metric)
        }
        return merged
    }

    private struct Identity: Hashable {
        let name: String
        let unit: String
        let kind: Int
        let isMonotonic: Bool
        /// Metrics that may be exported in different temporalities stay apart.
        let isUpDown: Bool
        let temporality: Temporality?

        init(_ metric: Metric) {
            isUpDown = metric.source.isUpDown
            temporality = metric.data.temporality
            name = metric.descriptor.name.lowercased()
            unit = metric.descriptor.unit
            switch metric.data {
            case .sum(_, let isMonotonic, _): (kind, self.isMonotonic) = (0, isMonotonic)
            case .gauge: (kind, isMonotonic) = (1, false)
            case .histogram: (kind, isMonotonic) = (2, false)
            case .exponentialHistogram: (kind, isMonotonic) = (3, false)
            }
        }
    }

    /// Nil if the points can't be in one metric: an attribute set that both have, or histograms
    /// with other bounds.
    private static func join(_ first: Metric, _ second: Metric) -> Metric? {
        let data: MetricData
        switch (first.data, second.data) {
        case (.sum(let left, let isMonotonic, let temporality), .sum(let right, _, _)):
            guard areDisjoint(left.map(\.attributes), right.map(\.attributes)) else { return nil }
            data = .sum(left + right, isMonotonic: isMonotonic, temporality: temporality)
        case (.gauge(let left), .gauge(let right)):
            guard areDisjoint(left.map(\.attributes), right.map(\.attributes)) else { return nil }
            data = .gauge(left + right)
        case (
            .histogram(let left, let bounds, let temporality), .histogram(let right, let other, _)
        ):
            guard bounds == other, areDisjoint(left.map(\.attributes), right.map(\.attributes))
            else { return nil }
            data = .histogram(left + right, bounds: bounds, temporality: temporality)
        case (.exponentialHistogram(let left, let temporality), .exponentialHistogram(let right, _)):
            guard areDisjoint(left.map(\.attributes), right.map(\.attributes)) else { return nil }
            data = .exponentialHistogram(left + right, temporality: temporality)
        default: return nil
        }
        let (left, right) = (first.descriptor.description, second.descriptor.description)
        let description = right.utf8.count > left.utf8.count ? right : left
        return Metric(
            descriptor: MetricDescriptor(
                name: first.descriptor.name, unit: first.descriptor.unit, description: description),
            data: data, source: first.source.joining(second.source))
    }

    private static func areDisjoint(_ left: [AttributeSet], _ right: [AttributeSet]) -> Bool {
        Set(left).isDisjoint(with: right)
    }
}
