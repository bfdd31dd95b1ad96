internal import Synchronization

/// Reading all instruments of a provider.
extension MeterProvider {
    /// Runs the callbacks and reads all instruments, now.
    ///
    /// Measurements that were made before this call began, on any thread whose work happened before
    /// it, are in the snapshot. Metrics and scopes without data are left out. The snapshot's time is
    /// later than that of any earlier snapshot and than the start of any of its points, whatever
    /// the wall clock does. Waits for each callback at most for the callback limit.
    public func collect() -> MetricsSnapshot { collect(for: memory) { $0 } }

    /// Collects for a reader. `finish` adds and removes metrics, on this thread.
    func collect(
        for memory: ReaderMemory, _ finish: ([ScopeMetrics]) -> [ScopeMetrics]
    ) -> MetricsSnapshot {
        let begin = settings.clock.beginCollection()
        let states = collectedStates.withLock { $0 }.mapValues { $0() }
        let observed = callbacks.observe { outcome in (observables(outcome, memory), outcome) }
        if let observed { report(observed.1) }
        let previous = previousCollection.load(ordering: .relaxed)
        let scopes = sortedMeters().compactMap { meter in
            let observables = observed?.0[ObjectIdentifier(meter)] ?? []
            let metrics = meter.sortedInstruments().flatMap { read($0, previous, begin) }
            let merged = MetricMerge.merge(metrics + observables)
            return merged.isEmpty ? nil : ScopeMetrics(scope: meter.scope, metrics: merged)
        }
        let finished = finish(scopes)
        // A series that was read as silent may have begun at any time since `begin`.
        previousCollection.max(begin, ordering: .relaxed)
        // The time is taken last: it is later than the start of every series that was read.
        let time = settings.clock.now()
        if observed != nil { memory.collected(at: time) }
        return MetricsSnapshot(resource: resource, time: time, scopes: finished, states: states)
    }

    private func report(_ outcome: CallbackRegistry.Outcome) {
        for entry in outcome.late {
            settings.reportOnce(.slowCallback(entry.name, limit: callbackLimit))
        }
        if outcome.hasSkipped {
            settings.reportOnce(.callbacksSkipped(hanging: CallbackRegistry.maximumHanging))
        }
        for instrument in sortedMeters().flatMap({ $0.sortedObservables() }) {
            if instrument.droppedMeasurements > 0 {
                settings.reportOnce(.droppedMeasurements(instrument.descriptor.name))
            }
            for stream in instrument.streams where stream.refusedSets > 0 {
                reportLimit(stream.metric.name, stream.limit, stream.hasReportedLimit) {
                    stream.guiltyKey()
                }
            }
        }
    }

    /// Tells once that a stream's limit is reached.
    private func reportLimit(
        _ name: String, _ limit: Int, _ hasReported: borrowing Atomic<Bool>, key: () -> String?
    ) {
        if hasReported.exchange(true, ordering: .relaxed) { return }
        settings.reportOnce(.cardinalityLimitReached(name, limit: limit, key: key() ?? ""))
    }

    private func read(
        _ instrument: InstrumentStorage, _ previous: UInt64, _ begin: UInt64
    ) -> [Metric] {
        if instrument.droppedMeasurements > 0 {
            settings.reportOnce(.droppedMeasurements(instrument.descriptor.name))
        }
        let metrics = instrument.streams.compactMap { stream in
            if let idleExpiry {
                stream.expire(idleFor: UInt64(idleExpiry.wholeNanoseconds), at: begin)
            }
            if stream.table.refusedSets > 0 {
                reportLimit(stream.metric.name, stream.table.limit, stream.hasReportedLimit) {
                    stream.guiltyKey()
                }
            }
            return stream.collect(previousCollection: previous)
        }
        return MetricMerge.merge(metrics, .firstStays)
    }

    /// The metrics of all observable instruments, by meter.
    private func observables(
        _ outcome: CallbackRegistry.Outcome, _ memory: ReaderMemory
    ) -> [ObjectIdentifier: [Metric]] {
        sortedMeters().reduce(into: [:]) { metrics, meter in
            metrics[ObjectIdentifier(meter)] = meter.sortedObservables().flatMap {
                read($0, outcome.observations, memory)
            }
        }
    }

    private func read(
        _ instrument: ObservableStorage, _ observations: [ObservationSink],
        _ memory: ReaderMemory
    ) -> [Metric] {
        let observed = observations.flatMap { $0.observations(of: instrument) }
        let kind = instrument.descriptor.kind
        let earliest = max(instrument.creation, memory.previousTime)
        let metrics = instrument.streams.compactMap { stream -> Metric? in
            for observation in observed where !stream.takes(observation.value) { instrument.drop() }
            let points = stream.points(
                observed, isMonotonic: kind.isMonotonic, earliest: earliest,
                reading: settings.clock.now(), memory)
            guard !points.isEmpty else { return nil }
            let data: MetricData =
                stream.isSum
                ? .sum(points, isMonotonic: kind.isMonotonic, temporality: .cumulative)
                : .gauge(points)
            let source = MetricSource(
                isObservable: true, isUpDown: kind == .observableUpDownCounter,
                creation: instrument.creation)
            return Metric(descriptor: stream.metric, data: data, source: source)
        }
        return MetricMerge.merge(metrics, .firstStays)
    }
}
