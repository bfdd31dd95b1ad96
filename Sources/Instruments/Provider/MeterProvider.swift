/// The registry: gives out meters, and collects all their instruments into one snapshot.
///
/// Safe to use from any thread. Collecting is a pure read: any number of readers collect side by
/// side and none disturbs another (see `MetricReader`). Several providers may exist.
/// Specification: metrics SDK, *MeterProvider*.
public final class MeterProvider: Sendable {
    /// What describes the process that measures.
    public let resource: Resource

    let collector: InstrumentCollector
    let readers = ReaderRegistry()
    /// What collections without a reader of their own remember.
    private let memory = ReaderMemory()

    /// Attribute sets per instrument that get a series of their own (checklist A9.1).
    public static let defaultCardinalityLimit = 2000
    /// The longest that a collection waits for one callback.
    public static let defaultCallbackLimit = Duration.seconds(1)

    /// - Parameters:
    ///   - resource: what describes the process that measures.
    ///   - views: changes to instruments' streams. Applied when an instrument is made.
    ///   - viewMatching: what becomes of an instrument that several views select.
    ///   - histogramAggregation: how histograms are aggregated that no view selects:
    ///     `.explicitBuckets()` or `.exponentialBuckets()`.
    ///   - cardinalityLimit: attribute sets per instrument; further ones share the overflow point.
    ///   - cardinalityLimits: the same for some kinds of instrument. A view's limit wins over that of
    ///     the kind, and this over the general one.
    ///   - exemplarFilter: which measurements may become exemplars.
    ///   - traceContext: the trace of the calling thread or task. Called when recording, so it has
    ///     to be quick. What it measures itself has no trace. Nil: there is none, and the filter
    ///     `.traceBased` keeps no exemplars.
    ///   - idleExpiry: series that were not measured for so long, by `uptime`, are forgotten; nil:
    ///     never.
    ///   - callbackLimit: the longest that a collection waits for one callback.
    ///   - isMeterEnabled: false for scopes whose instruments shall do nothing. It is not asked for
    ///     meters that it asks for itself: these are enabled.
    ///   - now: wall clock in nanoseconds since 1970. Read when a series is made, for exemplars and
    ///     when a collection begins, else never when recording. While it runs, the time stands.
    ///   - uptime: nanoseconds of a clock that never steps: how time goes on after `now` has been set
    ///     back, and how long a series has been idle.
    ///   - report: told of misuse, once per kind and instrument, from the thread that registers or
    ///     collects; never from a recording one.
    public init(
        resource: Resource = Resource(),
        views: [View] = [],
        viewMatching: ViewMatching = .independent,
        histogramAggregation: Aggregation = .explicitBuckets(),
        cardinalityLimit: Int = MeterProvider.defaultCardinalityLimit,
        cardinalityLimits: [InstrumentKind: Int] = [:],
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
        let isKept =
            switch exemplarFilter {
            case .alwaysOff: false
            case .alwaysOn: true
            case .traceBased: traceContext != nil
            }
        let settings = ProviderSettings(
            clock: ProviderClock(now, uptime: uptime), cardinalityLimit: cardinalityLimit,
            cardinalityLimits: cardinalityLimits, views: views, viewMatching: viewMatching,
            histogramAggregation: histogramAggregation,
            exemplars: isKept
                ? ExemplarPolicy(filter: exemplarFilter, context: traceContext ?? { nil }) : nil,
            isMeterEnabled: isMeterEnabled, report: report)
        collector = InstrumentCollector(
            settings, resource: resource, callbackLimit: callbackLimit, idleExpiry: idleExpiry)
        for view in views where view.selector.mayMatchSeveral {
            if let name = view.name { settings.reportOnce(.renamingViewSelectsSeveral(name)) }
        }
    }

    deinit {
        // Callbacks may hold instruments, and these the registry.
        collector.callbacks.close()
    }

    /// The meter of an instrumentation scope; the same one for the same four arguments.
    ///
    /// After `shutdown` every meter is disabled: its instruments do nothing.
    ///
    /// - Parameter name: the instrumented library or component, for example `shop.checkout`.
    public func meter(
        _ name: String, version: String = "", schemaURL: String = "",
        attributes: AttributeSet = .empty
    ) -> Meter {
        let settings = collector.settings
        if name.isEmpty { settings.reportOnce(.emptyMeterName) }
        let scope = InstrumentationScope(
            name: name, version: version, schemaURL: schemaURL, attributes: attributes)
        let storage =
            readers.isShutDown
            ? MeterStorage(scope: scope, settings: settings, isEnabled: false)
            : collector.meters.meter(scope) {
                MeterStorage(
                    scope: scope, settings: settings, isEnabled: settings.isEnabled(scope))
            }
        return Meter(storage: storage, callbacks: collector.callbacks)
    }

    /// Runs the callbacks and reads all instruments, now.
    ///
    /// Measurements that were made before this call began, on any thread whose work happened before
    /// it, are in the snapshot. Metrics and scopes without data are left out. The snapshot's time
    /// is later than that of any earlier snapshot and than the start of any of its points, whatever
    /// the wall clock does. Waits for each callback at most for the callback limit.
    public func collect() -> MetricsSnapshot { collection().snapshot }

    /// A snapshot as `collect` makes it, with what exact differences need beside it.
    package func collection() -> MetricsCollection { collector.collect(for: memory) }

    // MARK: Flush and shutdown

    /// Time that `flush` and `shutdown` take at most unless told otherwise.
    public static let defaultTimeout = Duration.seconds(5)

    /// Flushes all readers that can be: what they collect and export is on its way or there.
    ///
    /// Blocks the calling thread, for all readers together at most for `timeout`; they are flushed
    /// side by side. Called from inside a reader's flush or shutdown, it answers false at once.
    /// Specification: metrics SDK, *ForceFlush*.
    ///
    /// - Returns: whether all readers succeeded in time; true if there is none to flush.
    public func flush(timeout: Duration = MeterProvider.defaultTimeout) -> Bool {
        readers.flush(timeout)
    }

    /// Shuts all readers down, and with them their exporters. Instruments still record, and can be
    /// collected locally; `meter` gives out disabled meters from now on.
    ///
    /// Blocks the calling thread, for all readers together at most for `timeout`. Only the first
    /// call does anything. A further one waits for it, at most for its own timeout, and answers
    /// what it answered; false if it is not over by then, at once from inside a reader's flush or
    /// shutdown. Specification: metrics SDK, *Shutdown*.
    ///
    /// - Returns: whether all readers succeeded in time; true if there is none to shut down.
    public func shutdown(timeout: Duration = MeterProvider.defaultTimeout) -> Bool {
        readers.shutDown(timeout)
    }
}
