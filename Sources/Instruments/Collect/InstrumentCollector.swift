internal import Synchronization

/// Reads all instruments of a provider.
final class InstrumentCollector: Sendable {
    let settings: ProviderSettings
    let meters = MeterRegistry()
    let callbacks: CallbackRegistry
    let states = StateRegistry()
    private let resource: Resource
    private let idleExpiry: Duration?
    /// When the latest collection began.
    private let previousCollection = Atomic<UInt64>(0)

    /// - Parameter idleExpiry: series that were not measured for so long are forgotten; nil: never.
    init(
        _ settings: ProviderSettings, resource: Resource, callbackLimit: Duration,
        idleExpiry: Duration?
    ) {
        self.settings = settings
        self.resource = resource
        self.idleExpiry = idleExpiry
        callbacks = CallbackRegistry(limit: callbackLimit)
    }

    /// Collects for a reader: runs the callbacks and reads all instruments.
    ///
    /// - Parameters:
    ///   - memory: what the reader remembers.
    ///   - patience: the longest that it waits for all callbacks together.
    ///   - finish: adds and removes metrics, on this thread.
    func collect(
        for memory: ReaderMemory, patience: Duration? = nil,
        _ finish: ([MarkedScope]) -> [MarkedScope] = { $0 }
    ) -> MetricsCollection {
        let begin = settings.clock.beginCollection()
        let uptime = idleExpiry == nil ? nil : settings.clock.steadyTime()
        let states = states.copy()
        let observed = callbacks.observe(patience) { outcome in observables(outcome, memory) }
        if let observed { report(observed.outcome) }
        let previous = previousCollection.load(ordering: .relaxed)
        let scopes = meters.sorted().compactMap { meter -> MarkedScope? in
            let observables = observed?.metrics[ObjectIdentifier(meter)] ?? []
            let metrics = meter.sortedInstruments().flatMap { read($0, previous, uptime) }
            let merged = MetricMerge.merge(metrics + observables)
            return merged.isEmpty ? nil : MarkedScope(meter.scope, merged)
        }
        let finished = finish(scopes)
        // A series that was read as silent may have begun at any time since `begin`.
        previousCollection.max(begin, ordering: .relaxed)
        // The time is taken last: it is later than the start of every series that was read.
        let time = settings.clock.now()
        if observed != nil { memory.collected(at: time) }
        return MetricsCollection(
            resource: resource, time: time, finished, held: observed?.held ?? held(in: memory),
            states: states)
    }

    private func report(_ outcome: CallbackRegistry.Outcome) {
        for entry in outcome.late {
            settings.reportOnce(.slowCallback(entry.name, limit: callbacks.limit))
        }
        for entry in outcome.overfull {
            settings.reportOnce(
                .observationLimitReached(entry.name, limit: ObservationSink.maximumObservations))
        }
        if !outcome.skipped.isEmpty {
            settings.reportOnce(.callbacksSkipped(hanging: CallbackRegistry.maximumHanging))
        }
        for instrument in meters.sorted().flatMap({ $0.sortedObservables() }) {
            if instrument.droppedMeasurements > 0 {
                settings.reportOnce(.droppedMeasurements(instrument.descriptor.name))
            }
            for stream in instrument.streams where stream.refusedSets > 0 {
                guard stream.beginsToReportLimit() else { continue }
                reportLimit(stream.metric.name, stream.limit, stream.guiltyKey())
            }
        }
    }

    private func reportLimit(_ name: String, _ limit: Int, _ key: String?) {
        settings.reportOnce(.cardinalityLimitReached(name, limit: limit, key: key ?? ""))
    }

    private func read(
        _ instrument: InstrumentStorage, _ previous: UInt64, _ uptime: UInt64?
    ) -> [MarkedMetric] {
        if instrument.droppedMeasurements > 0 {
            settings.reportOnce(.droppedMeasurements(instrument.descriptor.name))
        }
        let metrics = instrument.streams.compactMap { stream in
            if let idleExpiry, let uptime {
                stream.expire(idleFor: UInt64(idleExpiry.wholeNanoseconds), at: uptime)
            }
            if stream.table.refusedSets > 0, stream.beginsToReportLimit() {
                reportLimit(stream.metric.name, stream.table.limit, stream.guiltyKey())
            }
            return stream.collect(previousCollection: previous)
        }
        return MetricMerge.merge(metrics, .firstStays)
    }

    /// What one collection's callbacks observed.
    private struct Observables {
        let outcome: CallbackRegistry.Outcome
        /// By meter.
        var metrics: [ObjectIdentifier: [MarkedMetric]] = [:]
        /// The series of instruments of which a callback was late.
        var held: [HeldPoint] = []
    }

    private func observables(
        _ outcome: CallbackRegistry.Outcome, _ memory: ReaderMemory
    ) -> Observables {
        var observables = Observables(outcome: outcome)
        let incomplete = outcome.incomplete
        for meter in meters.sorted() {
            observables.metrics[ObjectIdentifier(meter)] = meter.sortedObservables().flatMap {
                let isComplete = !incomplete.contains(ObjectIdentifier($0))
                return read(
                    $0, outcome.observations, isComplete: isComplete, memory, &observables.held)
            }
        }
        return observables
    }

    /// All series that the reader remembers: a collection that observes nothing ends no interval of
    /// theirs.
    private func held(in memory: ReaderMemory) -> [HeldPoint] {
        meters.sorted().flatMap { $0.sortedObservables() }.flatMap(\.streams).flatMap {
            $0.held(in: memory)
        }
    }

    private func read(
        _ instrument: ObservableStorage, _ observations: [ObservationSink], isComplete: Bool,
        _ memory: ReaderMemory, _ held: inout [HeldPoint]
    ) -> [MarkedMetric] {
        let observed = observations.flatMap { $0.observations(of: instrument) }
        let kind = instrument.descriptor.kind
        let earliest = max(instrument.creation, memory.previousTime)
        let metrics = instrument.streams.compactMap { stream -> MarkedMetric? in
            for observation in observed where !stream.takes(observation.value) { instrument.drop() }
            let reading = settings.clock.now()
            let points = stream.points(
                observed, isComplete: isComplete, isMonotonic: kind.isMonotonic,
                earliest: earliest, reading: reading, memory)
            if !isComplete { held += stream.held(in: memory, besides: points) }
            guard !points.isEmpty else { return nil }
            let data: MetricData =
                stream.isSum
                ? .sum(points, isMonotonic: kind.isMonotonic, temporality: .cumulative)
                : .gauge(points)
            let source = MetricSource(
                isObservable: true, isUpDown: kind == .observableUpDownCounter,
                creation: instrument.creation)
            return MarkedMetric(
                Metric(descriptor: stream.metric, data: data),
                MetricMarks(source: source, points: stream.marks(of: points, reading: reading)))
        }
        return MetricMerge.merge(metrics, .firstStays)
    }
}
