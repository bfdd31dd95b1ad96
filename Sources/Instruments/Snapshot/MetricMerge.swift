/// Makes one metric of those that receivers could not tell apart: a metric is identified by name,
/// unit, kind of data, temporality and whether it only grows, not by its description, the kind of
/// number, the bounds of buckets or the scale (checklist A3.34, A3.35).
///
/// Points of different attribute sets stand side by side. Where an attribute set has several:
///
/// - Sums and histograms of different instruments are added up, as if one instrument had taken all
///   measurements.
/// - Of streams of one instrument, which hold the same measurements, that of the first view stays.
/// - Of gauges, which have no order between them, that of the first instrument stays.
///
/// Histograms of different bounds are reported with the bounds that all of them have; exponential
/// ones with the coarsest scale. Both lose resolution, but no measurement.
enum MetricMerge {
    /// What becomes of points that have the same attributes.
    enum Overlap {
        /// They hold different measurements.
        case added
        /// They hold the same measurements.
        case firstStays
    }

    /// The metrics in their order, those of one identity joined at the place of the first.
    static func merge(_ metrics: [Metric], _ overlap: Overlap = .added) -> [Metric] {
        if metrics.count < 2 { return metrics }
        var groups: [[Metric]] = []
        var places: [Identity: Int] = [:]
        for metric in metrics {
            if let place = places.updateValue(groups.count, forKey: Identity(metric)) {
                places[Identity(metric)] = place
                groups[place].append(metric)
            } else {
                groups.append([metric])
            }
        }
        return groups.compactMap { join($0, overlap) }
    }

    private struct Identity: Hashable {
        let name: String
        let unit: String
        let kind: MetricKind
        let isMonotonic: Bool
        let temporality: Temporality?

        init(_ metric: Metric) {
            name = metric.descriptor.name.lowercased()
            unit = metric.descriptor.unit
            kind = metric.data.kind
            temporality = metric.data.temporality
            if case .sum(_, let isMonotonic, _) = metric.data {
                self.isMonotonic = isMonotonic
            } else {
                isMonotonic = false
            }
        }
    }

    /// One metric of those of one identity; nil if there is none.
    private static func join(_ metrics: [Metric], _ overlap: Overlap) -> Metric? {
        guard let first = metrics.first, metrics.count > 1 else { return metrics.first }
        let isReduced = overlap == .firstStays || first.data.kind == .gauge
        let distinct = isReduced ? withoutRepeated(metrics) : metrics
        let (data, isPlain) = join(distinct.map(\.data), first.data)
        let description = metrics.map(\.descriptor.description).reduce("") {
            $1.utf8.count > $0.utf8.count ? $1 : $0
        }
        var source = metrics.dropFirst().reduce(first.source) { $0.joining($1.source) }
        source.parts = isPlain ? [] : distinct.flatMap(\.parts)
        return Metric(
            descriptor: MetricDescriptor(
                name: first.descriptor.name, unit: first.descriptor.unit, description: description,
                metadata: metadata(of: metrics)),
            data: data, source: source)
    }

    /// What is known of any of them; where they differ, of the first.
    private static func metadata(of metrics: [Metric]) -> AttributeSet {
        let all = metrics.map(\.descriptor.metadata).filter { !$0.isEmpty }
        return all.count < 2
            ? all.first ?? .empty : AttributeSet(all.reversed().flatMap(\.attributes))
    }

    /// The metrics without points whose attributes an earlier one has.
    private static func withoutRepeated(_ metrics: [Metric]) -> [Metric] {
        var seen: Set<AttributeSet> = []
        return metrics.compactMap { metric in
            let data = metric.data.keeping { seen.insert($0).inserted }
            return data.isEmpty
                ? nil : Metric(descriptor: metric.descriptor, data: data, source: metric.source)
        }
    }

    /// The data of metrics of one identity.
    ///
    /// - Parameter first: tells the kind.
    /// - Returns: the data, and whether all points are as they were.
    static func join(_ all: [MetricData], _ first: MetricData) -> (MetricData, isPlain: Bool) {
        switch first {
        case .sum(_, let isMonotonic, let temporality):
            let joined = JoinedPoints(all.map(\.numberPoints))
            return (
                .sum(joined.points, isMonotonic: isMonotonic, temporality: temporality),
                joined.isPlain
            )
        case .gauge:
            let joined = JoinedPoints(all.map(\.numberPoints))
            return (.gauge(joined.points), joined.isPlain)
        case .exponentialHistogram(_, let temporality):
            let joined = JoinedPoints(all.map(\.exponentialPoints))
            return (
                .exponentialHistogram(joined.points, temporality: temporality), joined.isPlain
            )
        case .histogram(_, _, let temporality):
            return joinHistograms(all, temporality)
        }
    }

    private static func joinHistograms(
        _ all: [MetricData], _ temporality: Temporality
    ) -> (MetricData, isPlain: Bool) {
        let bounds = all.map(\.bounds)
        let common = bounds.dropFirst().reduce(bounds.first ?? []) { common, other in
            common == other ? common : common.filter(Set(other).contains)
        }
        let lists = all.map { data in
            data.bounds == common
                ? data.histogramPoints
                : data.histogramPoints.map { $0.coarser(from: data.bounds, to: common) }
        }
        let joined = JoinedPoints(lists)
        return (
            .histogram(joined.points, bounds: common, temporality: temporality),
            joined.isPlain && bounds.allSatisfy { $0 == common }
        )
    }
}

extension MetricData {
    /// The points of attribute sets for which `isKept` answers true.
    fileprivate func keeping(_ isKept: (AttributeSet) -> Bool) -> MetricData {
        switch self {
        case .sum(let points, let isMonotonic, let temporality):
            .sum(
                points.filter { isKept($0.attributes) }, isMonotonic: isMonotonic,
                temporality: temporality)
        case .gauge(let points): .gauge(points.filter { isKept($0.attributes) })
        case .histogram(let points, let bounds, let temporality):
            .histogram(
                points.filter { isKept($0.attributes) }, bounds: bounds, temporality: temporality)
        case .exponentialHistogram(let points, let temporality):
            .exponentialHistogram(
                points.filter { isKept($0.attributes) }, temporality: temporality)
        }
    }
}
