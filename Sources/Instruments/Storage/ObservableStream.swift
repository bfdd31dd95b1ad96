internal import Synchronization

/// One way in which an observable instrument's observations are reported.
final class ObservableStream: Sendable {
    /// Open because diagnostics name it, as they do the limit.
    let metric: MetricDescriptor
    private let filter: AttributeFilter?
    let limit: Int
    private let hasReportedLimit = Atomic(false)
    /// Whether it is reported as a sum, not as a gauge.
    let isSum: Bool
    private let exemplars: ExemplarPolicy?
    private let reservoirs: ReservoirMaker
    /// Unique in the process.
    private let id = StreamNumber.next()
    private let refused = FirstTouchLock(Refused())

    /// The sets that found no room.
    private struct Refused {
        var estimate = DistinctEstimate()
        /// The key with the most different values among the sets that had room then.
        var key: String?
    }

    init(
        metric: MetricDescriptor, filter: AttributeFilter?, cardinalityLimit: Int, isSum: Bool,
        exemplars: ExemplarPolicy?, reservoirs: ReservoirMaker
    ) {
        self.metric = metric
        self.filter = filter
        limit = cardinalityLimit
        self.isSum = isSum
        self.exemplars = exemplars
        self.reservoirs = reservoirs
    }

    /// An estimate of how many different sets found no room.
    var refusedSets: Int { refused.withLock { $0.estimate.count } }

    /// The key with the most different values when a set was first refused.
    func guiltyKey() -> String? { refused.withLock { $0.key } }

    /// Whether nobody has been told yet that the limit is reached. True once.
    func beginsToReportLimit() -> Bool { !hasReportedLimit.exchange(true, ordering: .relaxed) }

    /// The sets that found no room; nil if there are none.
    func overflow(_ scope: InstrumentationScope, _ creation: UInt64) -> CardinalityOverflow? {
        let refused = refusedSets
        guard refused > 0 else { return nil }
        return CardinalityOverflow(
            scope: scope, instrument: metric.name, limit: limit, refusedSets: refused,
            key: guiltyKey() ?? "", creation: creation)
    }

    /// The data points of one collection's observations.
    ///
    /// - Parameters:
    ///   - isComplete: whether all callbacks of the instrument were in time. A series that they did
    ///     not observe vanishes, and starts anew when it returns. One that a late callback may still
    ///     observe is held: if the callback does, the series goes on as it was last observed.
    ///   - earliest: the start of a series that is new: the time of the reader's previous
    ///     collection, or the instrument's creation in the first one.
    ///   - reading: a time that no other collection has: each observation counts as a measurement.
    ///   - memory: that of the reader that collects.
    func points(
        _ observed: [ObservationSink.Observed], isComplete: Bool, isMonotonic: Bool,
        earliest: UInt64, reading: UInt64, _ memory: ReaderMemory
    ) -> [NumberPoint] {
        var examples = ObservedExemplars(exemplars, reservoirs, time: reading)
        let merged = merge(observed, &examples)
        let known = memory.series(of: id)
        var next = isComplete ? [:] : held(known.filter { merged[$0.key] == nil })
        let points = merged.sorted { $0.key.precedes($1.key) }.map { attributes, value in
            let before = known[attributes]
            // A total that fell was reset since.
            let isReset = isMonotonic && before.map { value.asDouble < $0.value.asDouble } ?? true
            let start = isReset ? earliest : before?.start ?? earliest
            next[attributes] = ReaderMemory.Observed(start: start, value: value, reading: reading)
            return NumberPoint(
                attributes: attributes, start: start, value: value,
                exemplars: examples?.exemplars(of: attributes) ?? [])
        }
        memory.keep(next, of: id)
        return points
    }

    /// What the reader's next difference begins with of series that are not in this collection, in
    /// no order.
    func held(in memory: ReaderMemory, besides points: [NumberPoint] = []) -> [HeldPoint] {
        var series = memory.series(of: id)
        for point in points { series[point.attributes] = nil }
        return series.map { attributes, observed in
            HeldPoint(
                point: NumberPoint(
                    attributes: attributes, start: observed.start, value: observed.value),
                updates: observed.reading, stream: id)
        }
    }

    /// The marks of this stream's points in one collection, which counts as one measurement of
    /// each.
    func marks(of points: [NumberPoint], reading: UInt64) -> PointMarks {
        PointMarks(stream: id, updates: Array(repeating: reading, count: points.count))
    }

    /// Series that no callback observed, as many as one collection may observe at most: while one
    /// callback is late for long, others may observe ever new ones.
    private func held(
        _ unobserved: [AttributeSet: ReaderMemory.Observed]
    ) -> [AttributeSet: ReaderMemory.Observed] {
        if unobserved.count <= limit { return unobserved }
        let newest = unobserved.sorted { left, right in
            left.value.reading == right.value.reading
                ? left.key.precedes(right.key) : left.value.reading > right.value.reading
        }
        return Dictionary(uniqueKeysWithValues: newest.prefix(limit).map { ($0.key, $0.value) })
    }

    /// Of equal sets in one collection the last counts. Sets that become equal by a filter are
    /// added up in sums. The first `limit` sets keep a series of their own.
    private func merge(
        _ observed: [ObservationSink.Observed], _ examples: inout ObservedExemplars?
    ) -> [AttributeSet: Number] {
        var last: [AttributeSet: Number] = [:]
        var order: [AttributeSet] = []
        for observation in observed where takes(observation.value) {
            if last.updateValue(observation.value, forKey: observation.attributes) == nil {
                order.append(observation.attributes)
            }
        }
        var merged: [AttributeSet: Number] = [:]
        var room = limit
        for attributes in order {
            guard let value = last[attributes] else { continue }
            var kept = filter.map { $0.apply(attributes) } ?? attributes
            if kept != SeriesTable.overflowAttributes, merged[kept] == nil {
                if room > 0 {
                    room -= 1
                } else {
                    refuse(kept, among: merged)
                    kept = SeriesTable.overflowAttributes
                }
            }
            let known = merged[kept]
            examples?.offer(value, attributes, keptAs: kept)
            merged[kept] = isSum ? known.map { $0.adding(value) } ?? value : value
        }
        return merged
    }

    /// Gauges let pass what a sum of them can't take.
    func takes(_ value: Number) -> Bool { !isSum || value.asDouble.isFinite }

    private func refuse(_ attributes: AttributeSet, among merged: [AttributeSet: Number]) {
        let isFirst = refused.withLock { refused in
            refused.estimate.insert(hash: attributes.attributeHash)
            return refused.key == nil
        }
        guard isFirst else { return }
        let key = SeriesTable.guiltyKey(of: Array(merged.keys)) ?? ""
        refused.withLock { $0.key = $0.key ?? key }
    }
}
