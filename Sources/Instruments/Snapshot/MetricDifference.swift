/// The difference of metrics between two collections.
struct MetricDifference {
    let preference: TemporalityPreference
    /// The later collection's time.
    let time: UInt64
    /// The earlier collection's time, if there is one.
    let previous: UInt64?
    /// What the earlier collection could not observe.
    let held: [HeldPoint]

    /// What a metric measured since the earlier collection.
    ///
    /// - Parameter earlier: the earlier collection's metrics of this name, in whatever case. Streams
    ///   of one name may have been joined in one collection and not in the other, so there may be
    ///   several.
    func data(of metric: MarkedMetric, since earlier: [MarkedMetric]) -> MetricData {
        let data = metric.metric.data
        if data.kind != .gauge, !preference.isDelta(metric) { return data }
        // One start for all points, and no gap to the previous interval.
        let interval = DifferenceInterval(
            creation: metric.marks.source.creation, previous: previous ?? 0)
        let differences = metric.parts.map { difference($0, earlier, interval) }
        guard let first = differences.first, differences.count > 1 else {
            return differences.first ?? data
        }
        return MetricMerge.join(differences, first)
    }

    private func difference(
        _ metric: MarkedMetric, _ earlier: [MarkedMetric], _ interval: DifferenceInterval
    ) -> MetricData {
        let before = earlier.filter { isSameKind($0.metric, as: metric.metric) }
        let marks = metric.marks.points
        func old<Point>(_ points: (MetricData) -> [Point]) -> [([Point], PointMarks)] {
            before.map { (points($0.metric.data), $0.marks.points) }
        }
        switch metric.metric.data {
        case .gauge(let points):
            let pairs = SeriesPairs(points, marks, old(\.numberPoints))
            return .gauge(pairs.compactMap { $0.level(isOfOneInstant: previous == time) })
        case .sum(let points, let isMonotonic, _):
            let pairs = SeriesPairs(points, marks, old(\.numberPoints), held: held)
            return .sum(
                pairs.compactMap { $0.amount(interval) }, isMonotonic: isMonotonic,
                temporality: .delta)
        case .histogram(let points, let bounds, _):
            let pairs = SeriesPairs(points, marks, old(\.histogramPoints))
            return .histogram(
                pairs.compactMap { $0.records(interval) }, bounds: bounds,
                temporality: .delta)
        case .exponentialHistogram(let points, _):
            let pairs = SeriesPairs(points, marks, old(\.exponentialPoints))
            return .exponentialHistogram(
                pairs.compactMap { $0.records(interval) }, temporality: .delta)
        }
    }

    /// Whether a metric of this name in an earlier collection may hold series of this one.
    private func isSameKind(_ metric: Metric, as other: Metric) -> Bool {
        guard metric.descriptor.unit == other.descriptor.unit else { return false }
        return switch (metric.data, other.data) {
        case (.sum(_, let left, _), .sum(_, let right, _)): left == right
        case (.gauge, .gauge), (.exponentialHistogram, .exponentialHistogram): true
        case (.histogram(_, let left, _), .histogram(_, let right, _)): left == right
        default: false
        }
    }
}

/// What a difference covers.
struct DifferenceInterval {
    /// When the instrument was made; 0: unknown.
    let creation: UInt64
    /// The earlier snapshot's time, or 0.
    let previous: UInt64

    func start(of series: UInt64) -> UInt64 {
        if creation == 0 { return previous == 0 ? series : previous }
        // The clock may have stepped back between instrument and series.
        return max(previous, min(creation, series))
    }

    /// Exemplars of earlier intervals are not this one's.
    func own(_ exemplars: [Exemplar]) -> [Exemplar] {
        exemplars.filter { $0.time > previous }
    }
}
