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
    static func merge(_ metrics: [MarkedMetric], _ overlap: Overlap = .added) -> [MarkedMetric] {
        if metrics.count < 2 { return metrics }
        var groups: [[MarkedMetric]] = []
        var places: [Identity: Int] = [:]
        for metric in metrics {
            let identity = Identity(metric.metric)
            if let place = places[identity] {
                groups[place].append(metric)
            } else {
                places[identity] = groups.count
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
    private static func join(_ metrics: [MarkedMetric], _ overlap: Overlap) -> MarkedMetric? {
        guard let first = metrics.first, metrics.count > 1 else { return metrics.first }
        let isReduced = overlap == .firstStays || first.metric.data.kind == .gauge
        let distinct = isReduced ? withoutRepeated(metrics) : metrics
        let joined = join(
            distinct.map { ($0.metric.data, $0.marks.points) }, first.metric.data)
        let descriptors = metrics.map(\.metric.descriptor)
        let description = descriptors.map(\.description).reduce("") {
            $1.utf8.count > $0.utf8.count ? $1 : $0
        }
        let descriptor = MetricDescriptor(
            name: first.metric.descriptor.name, unit: first.metric.descriptor.unit,
            description: description, metadata: metadata(of: descriptors))
        let source = metrics.dropFirst().reduce(first.marks.source) {
            $0.joining($1.marks.source)
        }
        return MarkedMetric(
            Metric(descriptor: descriptor, data: joined.data),
            MetricMarks(
                source: source, points: joined.marks,
                parts: joined.isPlain ? [] : distinct.flatMap(\.parts)))
    }

    /// What is known of any of them; where they differ, of the first.
    private static func metadata(of descriptors: [MetricDescriptor]) -> AttributeSet {
        let all = descriptors.map(\.metadata).filter { !$0.isEmpty }
        return all.count < 2
            ? all.first ?? .empty : AttributeSet(all.reversed().flatMap(\.attributes))
    }

    /// The metrics without points whose attributes an earlier one has.
    private static func withoutRepeated(_ metrics: [MarkedMetric]) -> [MarkedMetric] {
        var seen: Set<AttributeSet> = []
        return metrics.compactMap { metric in
            let (data, kept) = metric.metric.data.keeping { seen.insert($0).inserted }
            guard !data.isEmpty else { return nil }
            var marks = metric.marks
            marks.points = marks.points.keeping(kept)
            return MarkedMetric(
                Metric(descriptor: metric.metric.descriptor, data: data), marks)
        }
    }

    /// The data of metrics of one identity, of whose points nothing else is known.
    ///
    /// - Parameter first: tells the kind.
    static func join(_ all: [MetricData], _ first: MetricData) -> MetricData {
        join(all.map { ($0, PointMarks()) }, first).data
    }

    /// What several metrics of one identity hold together.
    private struct Joined {
        let data: MetricData
        let marks: PointMarks
        /// Whether all points are as they were.
        let isPlain: Bool
    }

    private static func join(_ all: [(MetricData, PointMarks)], _ first: MetricData) -> Joined {
        switch first {
        case .sum(_, let isMonotonic, let temporality):
            let joined = JoinedPoints(all.map { ($0.numberPoints, $1) })
            return Joined(
                data: .sum(joined.points, isMonotonic: isMonotonic, temporality: temporality),
                marks: joined.marks, isPlain: joined.isPlain)
        case .gauge:
            let joined = JoinedPoints(all.map { ($0.numberPoints, $1) })
            return Joined(
                data: .gauge(joined.points), marks: joined.marks, isPlain: joined.isPlain)
        case .exponentialHistogram(_, let temporality):
            let joined = JoinedPoints(all.map { ($0.exponentialPoints, $1) })
            return Joined(
                data: .exponentialHistogram(joined.points, temporality: temporality),
                marks: joined.marks, isPlain: joined.isPlain)
        case .histogram(_, _, let temporality):
            return joinHistograms(all, temporality)
        }
    }

    private static func joinHistograms(
        _ all: [(MetricData, PointMarks)], _ temporality: Temporality
    ) -> Joined {
        let bounds = all.map { $0.0.bounds }
        let common = bounds.dropFirst().reduce(bounds.first ?? []) { common, other in
            common == other ? common : common.filter(Set(other).contains)
        }
        let lists = all.map { data, marks in
            let points =
                data.bounds == common
                ? data.histogramPoints
                : data.histogramPoints.map { $0.coarser(from: data.bounds, to: common) }
            return (points, marks)
        }
        let joined = JoinedPoints(lists)
        return Joined(
            data: .histogram(joined.points, bounds: common, temporality: temporality),
            marks: joined.marks, isPlain: joined.isPlain && bounds.allSatisfy { $0 == common })
    }
}

extension MetricData {
    /// The points of attribute sets for which `isKept` answers true, and their indices.
    fileprivate func keeping(_ isKept: (AttributeSet) -> Bool) -> (MetricData, [Int]) {
        switch self {
        case .sum(let points, let isMonotonic, let temporality):
            let kept = points.indices.filter { isKept(points[$0].attributes) }
            return (
                .sum(kept.map { points[$0] }, isMonotonic: isMonotonic, temporality: temporality),
                kept
            )
        case .gauge(let points):
            let kept = points.indices.filter { isKept(points[$0].attributes) }
            return (.gauge(kept.map { points[$0] }), kept)
        case .histogram(let points, let bounds, let temporality):
            let kept = points.indices.filter { isKept(points[$0].attributes) }
            return (
                .histogram(kept.map { points[$0] }, bounds: bounds, temporality: temporality), kept
            )
        case .exponentialHistogram(let points, let temporality):
            let kept = points.indices.filter { isKept(points[$0].attributes) }
            return (
                .exponentialHistogram(kept.map { points[$0] }, temporality: temporality), kept
            )
        }
    }
}
