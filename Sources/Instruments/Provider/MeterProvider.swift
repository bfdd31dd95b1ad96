internal import Synchronization

/// The registry: gives out meters, and collects all their instruments into one snapshot.
///
/// Safe to use from any thread. Collecting is a pure read: any number of readers collect side by
/// side and none disturbs another (see `MetricReader`). Several providers may exist.
/// Specification: metrics SDK, *MeterProvider*.
public final class MeterProvider: Sendable {
    /// What describes the process that measures.
    public let resource: Resource

    let collectedStates = FirstTouchLock<[Int: @Sendable () -> any Sendable]>([:])
    let readingStates = ThreadsInside()
    let settings: ProviderSettings
    let callbacks: CallbackRegistry
    let callbackLimit: Duration
    let idleExpiry: Duration?
    let readers = ReaderRegistry()
    /// What collections without a reader of their own remember.
    let memory = ReaderMemory()
    /// When the latest collection began.
    let previousCollection = Atomic<UInt64>(0)
    private let meters = FirstTouchLock<[InstrumentationScope: MeterStorage]>([:])

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
            clock: ProviderClock(now, uptime: uptime), cardinalityLimit: cardinalityLimit,
            cardinalityLimits: cardinalityLimits, views: views, viewMatching: viewMatching,
            histogramAggregation: histogramAggregation,
            exemplars: isKept
                ? ExemplarPolicy(filter: exemplarFilter, context: traceContext ?? { nil }) : nil,
            isMeterEnabled: isMeterEnabled, report: report)
        for view in views where view.selector.mayMatchSeveral {
            if let name = view.name { settings.reportOnce(.renamingViewSelectsSeveral(name)) }
        }
    }

    deinit {
        // Callbacks may hold instruments, and these the registry.
        callbacks.close()
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
        if name.isEmpty { settings.reportOnce(.emptyMeterName) }
        let scope = InstrumentationScope(
            name: name, version: version, schemaURL: schemaURL, attributes: attributes)
        if readers.isShutDown {
            let disabled = MeterStorage(scope: scope, settings: settings, isEnabled: false)
            return Meter(storage: disabled, callbacks: callbacks)
        }
        if let found = meters.withLock({ $0[scope] }) {
            return Meter(storage: found, callbacks: callbacks)
        }
        // Outside the lock: it asks the host whether the meter is enabled.
        let made = MeterStorage(
            scope: scope, settings: settings, isEnabled: settings.isEnabled(scope))
        let storage = meters.withLock { meters in
            if let found = meters[scope] { return found }
            meters[scope] = made
            return made
        }
        return Meter(storage: storage, callbacks: callbacks)
    }

    /// All meters, in the order of output.
    func sortedMeters() -> [MeterStorage] {
        meters.withLock { Array($0.values) }.sorted { $0.scope.precedes($1.scope) }
    }

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
