internal import Synchronization

/// One observable instrument: what identifies it, and the streams that its observations go to.
///
/// Observations live in the collection that asked for them, not in cells; only the start times of
/// the series are remembered.
final class ObservableStorage: Sendable {
    let descriptor: InstrumentDescriptor
    let streams: [ObservableStream]
    /// When the instrument was made, in nanoseconds since 1970.
    let creation: UInt64
    private let dropped = Atomic<UInt64>(0)

    init(_ descriptor: InstrumentDescriptor, streams: [ObservableStream], clock: ProviderClock) {
        self.descriptor = descriptor
        self.streams = streams
        creation = clock.now()
    }

    /// Sums take finite values; a counter's are not negative.
    func accepts(_ value: Number) -> Bool {
        if descriptor.kind == .observableGauge { return true }
        let number = value.asDouble
        return number.isFinite && (descriptor.kind.takesNegative || number >= 0)
    }

    /// Whether observations are kept at all.
    var isEnabled: Bool { !streams.isEmpty }

    func drop() {
        if isEnabled { dropped.wrappingAdd(1, ordering: .relaxed) }
    }

    var droppedMeasurements: UInt64 { dropped.load(ordering: .relaxed) }
}

/// One way in which an observable instrument's observations are reported.
final class ObservableStream: Sendable {
    let metric: MetricDescriptor
    private let filter: AttributeFilter?
    let limit: Int
    /// Whether it was told that the limit is reached.
    let hasReportedLimit = Atomic(false)
    private let isSum: Bool
    /// Unique in the process.
    private let id = StreamNumber.next()
    private let known = FirstTouchLock<[AttributeSet: Known]>([:])
    private let refused = FirstTouchLock(DistinctEstimate())

    /// What is remembered of a series that was observed by the last collection.
    private struct Known {
        var start: UInt64
        var value: Number
    }

    init(
        metric: MetricDescriptor, filter: AttributeFilter?, cardinalityLimit: Int, isSum: Bool
    ) {
        self.metric = metric
        self.filter = filter
        limit = cardinalityLimit
        self.isSum = isSum
    }

    /// An estimate of how many different sets found no room.
    var refusedSets: Int { refused.withLock { $0.count } }

    /// The key with the most different values among the series of the last collection.
    func guiltyKey() -> String? {
        SeriesTable.guiltyKey(of: known.withLock { Array($0.keys) })
    }

    /// The data points of one collection's observations.
    ///
    /// - Parameters:
    ///   - earliest: the start of a series that is new: the previous collection's time, or the
    ///     instrument's creation in the first one (checklist A7.5).
    ///   - reading: another number in each collection: each observation counts as a measurement.
    func points(
        _ observed: [ObservationSink.Observed], isMonotonic: Bool, earliest: UInt64,
        reading: UInt64
    ) -> [NumberPoint] {
        let merged = merge(observed)
        let starts = known.withLock { known in
            // A series that was not observed vanishes, and starts anew when it returns (A4.9).
            known = merged.reduce(into: [:]) { result, entry in
                var state = known[entry.key] ?? Known(start: earliest, value: entry.value)
                // A total that fell was reset since.
                if isMonotonic, entry.value.asDouble < state.value.asDouble {
                    state.start = earliest
                }
                state.value = entry.value
                result[entry.key] = state
            }
            return known.mapValues(\.start)
        }
        return merged.keys.sorted { $0.precedes($1) }.compactMap { attributes in
            guard let value = merged[attributes], let start = starts[attributes] else {
                return nil
            }
            var point = NumberPoint(
                attributes: attributes, start: start, value: value, updates: reading)
            point.stream = id
            return point
        }
    }

    /// Of equal sets in one collection the last counts; sets that become equal by a filter are added
    /// up in sums (A4.10). The first `limit` sets keep a series of their own (A9.6).
    private func merge(_ observed: [ObservationSink.Observed]) -> [AttributeSet: Number] {
        var last: [AttributeSet: Number] = [:]
        var order: [AttributeSet] = []
        for observation in observed {
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
                    refused.withLock { $0.insert(hash: kept.attributeHash) }
                    kept = SeriesTable.overflowAttributes
                }
            }
            let known = merged[kept]
            merged[kept] = isSum ? known.map { $0.adding(value) } ?? value : value
        }
        return merged
    }
}

extension Number {
    /// The sum; integers saturate.
    func adding(_ other: Number) -> Number {
        switch (self, other) {
        case (.int(let left), .int(let right)): .int(left.addingSaturating(right))
        default: .double((asDouble + other.asDouble).heldFinite)
        }
    }
}
