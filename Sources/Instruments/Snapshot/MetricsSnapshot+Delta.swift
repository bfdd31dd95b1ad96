/// Differences between two collections: a pure function, so reading disturbs nothing and a failed
/// export loses no interval.
extension MetricsSnapshot {
    /// What was measured after `previous`, an earlier snapshot of the same provider.
    ///
    /// Metrics that the preference leaves cumulative stay as they are; series of the others that
    /// were not measured since are left out, as are gauges that were not recorded. A difference has
    /// no minimum and maximum, and keeps the scale of the cumulative histogram.
    ///
    /// - Parameter previous: nil: everything since the series began.
    public func delta(
        since previous: MetricsSnapshot?, preference: TemporalityPreference = .delta
    ) -> MetricsSnapshot {
        guard preference != .cumulative else { return self }
        let scopes = scopes.compactMap { scope -> ScopeMetrics? in
            let before = previous?.scopes.first { $0.scope == scope.scope }
            let named = Dictionary(grouping: (before?.metrics ?? []).flatMap(\.parts)) { $0.name }
            let metrics = scope.metrics.compactMap { metric -> Metric? in
                let earlier = named[metric.name, default: []]
                let data = metric.difference(
                    earlier, previous?.held ?? [], previous?.time, preference)
                return data.isEmpty
                    ? nil : Metric(descriptor: metric.descriptor, data: data, source: metric.source)
            }
            return metrics.isEmpty ? nil : ScopeMetrics(scope: scope.scope, metrics: metrics)
        }
        return MetricsSnapshot(resource: resource, time: time, scopes: scopes, states: states)
    }
}

extension Metric {
    /// The form in which names are compared.
    fileprivate var name: String { descriptor.name.lowercased() }

    /// Whether a metric of this name in an earlier snapshot may hold series of this one. Streams of
    /// one name may have been joined in one snapshot and not in the other, so there may be several.
    fileprivate func isSameKind(as other: Metric) -> Bool {
        guard descriptor.unit == other.descriptor.unit else { return false }
        return switch (data, other.data) {
        case (.sum(_, let left, _), .sum(_, let right, _)): left == right
        case (.gauge, .gauge), (.exponentialHistogram, .exponentialHistogram): true
        case (.histogram(_, let left, _), .histogram(_, let right, _)): left == right
        default: false
        }
    }

    fileprivate func difference(
        _ earlier: [Metric], _ held: [NumberPoint], _ previousTime: UInt64?,
        _ preference: TemporalityPreference
    ) -> MetricData {
        if data.kind != .gauge, !preference.isDelta(self) { return data }
        // One start for all points, and no gap to the previous interval (checklist A7.3, A7.4).
        let interval = Interval(creation: source.creation, previous: previousTime ?? 0)
        let differences = parts.map { $0.difference(earlier, held, interval) }
        guard let first = differences.first, differences.count > 1 else {
            return differences.first ?? data
        }
        return MetricMerge.join(differences, first).0
    }

    private func difference(
        _ earlier: [Metric], _ held: [NumberPoint], _ interval: Interval
    ) -> MetricData {
        let before = earlier.filter { $0.isSameKind(as: self) }.map(\.data)
        switch data {
        case .gauge(let points):
            let pairs = Pairs(points, before.flatMap(\.numberPoints))
            return .gauge(pairs.map { $0.changed(since: $1) })
        case .sum(let points, let isMonotonic, _):
            let pairs = Pairs(points, before.flatMap(\.numberPoints) + held)
            return .sum(
                pairs.map { $0.since($1, interval) }, isMonotonic: isMonotonic, temporality: .delta)
        case .histogram(let points, let bounds, _):
            let pairs = Pairs(points, before.flatMap(\.histogramPoints))
            return .histogram(
                pairs.map { $0.since($1, interval) }, bounds: bounds, temporality: .delta)
        case .exponentialHistogram(let points, _):
            let pairs = Pairs(points, before.flatMap(\.exponentialPoints))
            return .exponentialHistogram(
                pairs.map { $0.since($1, interval) }, temporality: .delta)
        }
    }
}

/// What a difference covers.
private struct Interval {
    /// When the instrument was made; 0: unknown.
    let creation: UInt64
    /// The earlier snapshot's time, or 0.
    let previous: UInt64

    func start(of series: UInt64) -> UInt64 {
        if creation == 0 { return previous == 0 ? series : previous }
        // The clock may have stepped back between instrument and series.
        return max(previous, min(creation, series))
    }

    /// Exemplars of earlier intervals are not this one's (checklist A10.3).
    func own(_ exemplars: [Exemplar]) -> [Exemplar] {
        exemplars.filter { $0.time > previous }
    }
}

/// A point that may have a predecessor in an earlier snapshot.
private protocol SeriesPoint {
    var attributes: AttributeSet { get }
    var start: UInt64 { get }
    var stream: UInt32 { get }
}

extension NumberPoint: SeriesPoint {}
extension HistogramPoint: SeriesPoint {}
extension ExponentialHistogramPoint: SeriesPoint {}

/// The points of a metric, each with that of the same series in the earlier snapshot. A series that
/// began anew has none.
private struct Pairs<Point: SeriesPoint> {
    private let pairs: [(point: Point, before: Point?)]

    private struct Key: Hashable {
        let attributes: AttributeSet
        let stream: UInt32
    }

    init(_ points: [Point], _ old: [Point]) {
        let known = Dictionary(
            old.map { (Key(attributes: $0.attributes, stream: $0.stream), $0) },
            uniquingKeysWith: { first, _ in first })
        pairs = points.map { point in
            let before = known[Key(attributes: point.attributes, stream: point.stream)]
            return (point, before?.start == point.start ? before : nil)
        }
    }

    func map(_ difference: (Point, Point?) -> Point?) -> [Point] {
        pairs.compactMap { difference($0.point, $0.before) }
    }
}

extension NumberPoint {
    /// A level, if it was recorded again.
    fileprivate func changed(since before: NumberPoint?) -> NumberPoint? {
        updates == before?.updates && value == before?.value ? nil : self
    }

    fileprivate func since(_ before: NumberPoint?, _ interval: Interval) -> NumberPoint? {
        // An add under way may show in one of the two and not in the other.
        if updates == before?.updates, value == before?.value { return nil }
        let difference: Number =
            switch (value, before?.value) {
            case (let now, nil): now
            case (.int(let now), .int(let then)): .int(now.subtractingSaturating(then))
            case (let now, let then?): .double((now.asDouble - then.asDouble).heldFinite)
            }
        return NumberPoint(
            attributes: attributes, start: interval.start(of: start), value: difference,
            updates: updates &- (before?.updates ?? 0), exemplars: interval.own(exemplars))
    }
}

extension HistogramPoint {
    fileprivate func since(_ before: HistogramPoint?, _ interval: Interval) -> HistogramPoint? {
        if count == before?.count { return nil }
        let counts = before.map { before in
            zip(bucketCounts, before.bucketCounts).map { $0 &- $1 }
        }
        return HistogramPoint(
            attributes: attributes, start: interval.start(of: start),
            count: count &- (before?.count ?? 0),
            sum: sum.map { ($0 - (before?.sum ?? 0)).heldFinite },
            minimum: before == nil ? minimum : nil, maximum: before == nil ? maximum : nil,
            bucketCounts: counts ?? bucketCounts, exemplars: interval.own(exemplars))
    }
}

extension ExponentialHistogramPoint {
    fileprivate func since(
        _ before: ExponentialHistogramPoint?, _ interval: Interval
    ) -> ExponentialHistogramPoint? {
        if count == before?.count { return nil }
        var rest = contents(zeroUpTo: zeroThreshold)
        if let before { rest.subtract(before.contents(zeroUpTo: zeroThreshold)) }
        return ExponentialHistogramPoint(
            attributes: attributes, start: interval.start(of: start),
            count: count &- (before?.count ?? 0),
            sum: sum.map { ($0 - (before?.sum ?? 0)).heldFinite },
            minimum: before == nil ? minimum : nil, maximum: before == nil ? maximum : nil,
            scale: scale, zeroCount: rest.zeroCount, positive: rest.positive,
            negative: rest.negative, zeroThreshold: zeroThreshold, exemplars: interval.own(exemplars))
    }
}
