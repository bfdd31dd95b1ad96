internal import Synchronization

/// The registry: gives out meters, and collects all their instruments into one snapshot.
///
/// Safe to use from any thread. Collecting is a pure read: any number of readers collect side by
/// side and none disturbs another. Several providers may exist.
/// Specification: metrics SDK, *MeterProvider*.
public final class MeterProvider: Sendable {
    /// What describes the process that measures.
    public let resource: Resource

    let collectedStates = FirstTouchLock<[Int: @Sendable () -> any Sendable]>([:])
    private let settings: ProviderSettings
    private let callbacks: CallbackRegistry
    private let callbackLimit: Duration
    private let idleExpiry: Duration?
    private let meters = FirstTouchLock<[InstrumentationScope: MeterStorage]>([:])
    /// When the latest collection began.
    private let previousCollection = Atomic<UInt64>(0)
    /// The time of the latest snapshot.
    private let previousTime = Atomic<UInt64>(0)

    /// Attribute sets per instrument that get a series of their own (checklist A9.1).
    public static let defaultCardinalityLimit = 2000
    /// The longest that a collection waits for one callback.
    public static let defaultCallbackLimit = Duration.seconds(1)

    /// - Parameters:
    ///   - resource: what describes the process that measures.
    ///   - views: changes to instruments' streams. Applied when an instrument is made.
    ///   - histogramAggregation: how histograms are aggregated that no view selects:
    ///     `.explicitBuckets()` or `.exponentialBuckets()`.
    ///   - cardinalityLimit: attribute sets per instrument; further ones share the overflow point.
    ///   - exemplarFilter: which measurements may become exemplars.
    ///   - traceContext: the trace of the calling thread or task. Called when recording, so it has
    ///     to be quick. Nil: there is none, and the filter `.traceBased` keeps no exemplars.
    ///   - idleExpiry: series that were not measured for so long are forgotten; nil: never.
    ///   - callbackLimit: the longest that a collection waits for one callback.
    ///   - isMeterEnabled: false for scopes whose instruments shall do nothing.
    ///   - now: wall clock in nanoseconds since 1970. Read when a series is made, for exemplars and
    ///     when a collection begins, else never when recording.
    ///   - uptime: nanoseconds of a clock that never steps: how time goes on after `now` has been set
    ///     back.
    ///   - report: told of misuse, once per kind and instrument, from the thread that registers or
    ///     collects; never from a recording one.
    public init(
        resource: Resource = Resource(),
        views: [View] = [],
        histogramAggregation: Aggregation = .explicitBuckets(),
        cardinalityLimit: Int = MeterProvider.defaultCardinalityLimit,
        exemplarFilter: ExemplarFilter = .traceBased,
        traceContext: (@Sendable () -> TraceContext?)? = nil,
        idleExpiry: Duration? = nil,
        callbackLimit: Duration = MeterProvider.defaultCallbackLimit,
        isMeterEnabled: @escaping @Sendable (InstrumentationScope) -> Bool = { _ in true },
        now: @escaping @Sendable () -> UInt64 = WallClock.now,
        uptime: @escaping @Sendable () -> UInt64 = WallClock.uptime,
        report: @escaping @Sendable (InstrumentsDiagnostic) -> Void = { _ in }
    ) {
        self.resource = resource
        self.idleExpiry = idleExpiry
        self.callbackLimit = callbackLimit
        callbacks = CallbackRegistry(limit: callbackLimit)
        let isKept =
            switch exemplarFilter {
            case .alwaysOff: false
            case .alwaysOn: true
            case .traceBased: traceContext != nil
            }
        settings = ProviderSettings(
            clock: ProviderClock(now, uptime: uptime), cardinalityLimit: max(cardinalityLimit, 1),
            views: views,
            histogramAggregation: histogramAggregation,
            exemplars: isKept
                ? ExemplarPolicy(filter: exemplarFilter, context: traceContext ?? { nil }) : nil,
            isMeterEnabled: isMeterEnabled, report: report)
    }

    deinit {
        // Callbacks may hold instruments, and these the registry.
        callbacks.close()
    }

    /// The meter of an instrumentation scope; the same one for the same four arguments.
    ///
    /// - Parameter name: the instrumented library or component, for example `shop.checkout`.
    public func meter(
        _ name: String, version: String = "", schemaURL: String = "",
        attributes: AttributeSet = .empty
    ) -> Meter {
        if name.isEmpty { settings.reportOnce(.emptyMeterName) }
        let scope = InstrumentationScope(
            name: name, version: version, schemaURL: schemaURL, attributes: attributes)
        if let found = meters.withLock({ $0[scope] }) {
            return Meter(storage: found, callbacks: callbacks)
        }
        // Outside the lock: it asks the host whether the meter is enabled.
        let made = MeterStorage(scope: scope, settings: settings)
        let storage = meters.withLock { meters in
            if let found = meters[scope] { return found }
            meters[scope] = made
            return made
        }
        return Meter(storage: storage, callbacks: callbacks)
    }

    /// Runs the callbacks and reads all instruments, now.
    ///
    /// Measurements that were made before this call began, on any thread whose work happened before
    /// it, are in the snapshot. Metrics and scopes without data are left out. The snapshot's time is
    /// later than that of any earlier snapshot and than the start of any of its points, whatever
    /// the wall clock does. Waits for each callback at most for the callback limit.
    public func collect() -> MetricsSnapshot {
        let begin = settings.clock.beginCollection()
        let states = collectedStates.withLock { $0 }.mapValues { $0() }
        let observed = callbacks.observe { outcome in (observables(outcome), outcome) }
        if let observed { report(observed.1) }
        let previous = previousCollection.load(ordering: .relaxed)
        let scopes = sortedMeters().compactMap { meter in
            let observables = observed?.0[ObjectIdentifier(meter)] ?? []
            let metrics = meter.sortedInstruments().flatMap { read($0, previous, begin) }
            let merged = MetricMerge.merge(metrics + observables)
            return merged.isEmpty ? nil : ScopeMetrics(scope: meter.scope, metrics: merged)
        }
        // A series that was read as silent may have begun at any time since `begin`.
        previousCollection.max(begin, ordering: .relaxed)
        // The time is taken last: it is later than the start of every series that was read.
        let time = settings.clock.now()
        previousTime.max(time, ordering: .relaxed)
        return MetricsSnapshot(resource: resource, time: time, scopes: scopes, states: states)
    }

    private func sortedMeters() -> [MeterStorage] {
        meters.withLock { Array($0.values) }.sorted { $0.scope.precedes($1.scope) }
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
        return instrument.streams.compactMap { stream in
            if let idleExpiry {
                stream.expire(idleFor: UInt64(idleExpiry.wholeNanoseconds), at: begin)
            }
            if stream.table.refusedSets > 0 {
                reportLimit(stream.metric.name, stream.table.limit, stream.hasReportedLimit) {
                    stream.table.guiltyKey()
                }
            }
            return stream.collect(previousCollection: previous)
        }
    }

    /// The metrics of all observable instruments, by meter.
    private func observables(
        _ outcome: CallbackRegistry.Outcome
    ) -> [ObjectIdentifier: [Metric]] {
        let previous = previousTime.load(ordering: .relaxed)
        let meters = meters.withLock { Array($0.values) }
        return meters.reduce(into: [:]) { metrics, meter in
            metrics[ObjectIdentifier(meter)] = meter.sortedObservables().flatMap {
                read($0, outcome.observations, previous)
            }
        }
    }

    private func read(
        _ instrument: ObservableStorage, _ observations: [ObservationSink], _ previous: UInt64
    ) -> [Metric] {
        let observed = observations.flatMap { $0.observations(of: instrument) }
        let kind = instrument.descriptor.kind
        let earliest = max(instrument.creation, previous)
        return instrument.streams.compactMap { stream in
            let points = stream.points(
                observed, isMonotonic: kind.isMonotonic, earliest: earliest,
                reading: settings.clock.now())
            guard !points.isEmpty else { return nil }
            let data: MetricData =
                kind == .observableGauge
                ? .gauge(points)
                : .sum(points, isMonotonic: kind.isMonotonic, temporality: .cumulative)
            let source = MetricSource(
                isObservable: true, isUpDown: kind == .observableUpDownCounter,
                creation: instrument.creation)
            return Metric(descriptor: stream.metric, data: data, source: source)
        }
    }
}
