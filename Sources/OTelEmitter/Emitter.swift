public import Instruments

/// Collects a program's instruments and pushes them to an OpenTelemetry Collector.
///
///     let emitter = Emitter()
///     let orders = emitter.meter("shop").counter("shop.orders", unit: "{order}")
///     orders.add(1, ["country": "DE"])
///     print(emitter.shutdown())
///
/// Making one returns at once: nothing is resolved, connected or read from disk before it does. The
/// emitter has one thread of its own, and for moments one that tells the host's handler; recording
/// never waits for either. All methods are safe to call from any thread. Keep the emitter while the
/// program records, and shut it down at the end: one that is let go without `shutdown` ends at
/// once, undelivered.
public final class Emitter: Sendable {
    /// The registry that this emitter collects. Its `flush` and `shutdown` reach this emitter, too.
    public let meterProvider: MeterProvider
    /// The options in force.
    public let configuration: EmitterConfiguration

    private let mailbox: ExportMailbox
    private let relay: DiagnosticRelay
    /// How callers ask the thread; without the emitter, since the provider's reader asks, too.
    private let calls: HostCalls
    /// What the export thread collects through; held here, so that the provider can reach it.
    private let reader: MetricReader
    /// What scrapers read through.
    private let scrapes: PrometheusScrapes

    /// Time that `flush` and `shutdown` take at most unless told otherwise.
    public static let defaultTimeout = Duration.seconds(5)

    /// An emitter with these options; by default those of the process's environment.
    public init(_ configuration: EmitterConfiguration = EmitterConfiguration()) {
        self.configuration = configuration
        mailbox = ExportMailbox()
        let thread = ThreadStart()
        calls = HostCalls(mailbox, configuration.clock, thread)
        let relay = DiagnosticRelay(configuration.diagnosticHandler)
        self.relay = relay
        meterProvider = MeterProvider(
            resource: configuration.resource, views: configuration.views,
            viewMatching: configuration.viewMatching,
            histogramAggregation: configuration.histogramAggregation,
            cardinalityLimit: configuration.cardinalityLimit,
            cardinalityLimits: configuration.cardinalityLimits,
            exemplarFilter: configuration.exemplarFilter,
            traceContext: configuration.traceContext, idleExpiry: configuration.idleExpiry,
            report: { relay.report(.instruments($0)) })
        let isMeasured =
            configuration.isExportEnabled && configuration.isSelfObserved
            && configuration.exporter == .otlp
        let lastSuccess = isMeasured ? LastSuccess(configuration.clock) : nil
        // Weak, since the reader's thread lives longer than an emitter that was let go.
        let ownMetrics: MetricProducer = { [weak meterProvider, mailbox] in
            // Who has ended the emitter waits for no success.
            let awaited = mailbox.isShutDown ? nil : lastSuccess
            return OverflowMetric.scopes(meterProvider?.cardinalityOverflows ?? [])
                + (awaited?.scopes() ?? [])
        }
        reader = MetricReader(
            of: meterProvider, producers: [ownMetrics] + configuration.metricProducers,
            filter: configuration.metricFilter,
            flush: { [calls] in calls.flush($0).isComplete },
            shutdown: { [calls] in calls.shutDown($0).isComplete })
        scrapes = PrometheusScrapes(
            of: MetricReader(
                of: meterProvider, producers: [ownMetrics] + configuration.metricProducers,
                filter: configuration.metricFilter), relay)
        configuration.problems.forEach { relay.report(.configuration($0)) }
        guard configuration.isExportEnabled, !configuration.lacksEndpoint else {
            // Without an endpoint nothing is collected, and no report is complete.
            mailbox.close(isServed: !configuration.lacksEndpoint)
            return
        }
        let selfMetrics = lastSuccess.flatMap { lastSuccess in
            configuration.endpoint.map {
                SelfMetrics(
                    meterProvider, lastSuccess, configuration.wireForm, endpoint: $0,
                    hasSpool: configuration.spool != nil)
            }
        }
        let context = ExportThread.Context(
            configuration.withAbsolutePaths, reader, mailbox, relay, selfMetrics)
        if !thread.begin({ ExportThread.start(context) }) {
            // There is no thread that could tell it either.
            configuration.diagnosticHandler(
                .exportUnavailable(
                    reason: "the system refuses a further thread; each flush asks for it again"))
        }
    }

    deinit {
        calls.abandon()
    }

    /// The meter of an instrumentation scope.
    public func meter(
        _ name: String, version: String = "", schemaURL: String = "",
        attributes: AttributeSet = .empty
    ) -> Meter {
        calls.retryThread()
        return meterProvider.meter(
            name, version: version, schemaURL: schemaURL, attributes: attributes)
    }

    /// What has become of all data points so far.
    public var totals: DeliveryTotals { calls.totals }

    /// The snapshot of the last export's collection, for views that shall show the same numbers;
    /// nil unless `EmitterConfiguration.keepsLastCollection` is set.
    public var lastCollection: MetricsSnapshot? { calls.lastCollection }

    /// Collects now, and answers a scrape by Prometheus with what is exported as well: for the
    /// program's own HTTP server, whatever that is.
    ///
    ///     let page = emitter.prometheusPage(accept: request.headers["Accept"])
    ///     // status 200, the header Content-Type: page.contentType, page.body
    ///
    /// Any number of scrapers may read beside the export; none moves another's values. (The exemplars
    /// of a series are shared: a sample ends with whichever collects.) Works where nothing is
    /// exported, and after a shutdown. Blocks for as long as the host's callbacks take, at most
    /// for the limit of each. What can't be shown goes to the diagnostic handler, once.
    ///
    /// - Parameters:
    ///   - accept: the request's `Accept`; nil if it has none.
    ///   - text: how names are made, and what is shown beside the metrics.
    public func prometheusPage(
        accept: String?, _ text: PrometheusText = PrometheusText()
    ) -> PrometheusPage {
        scrapes.page(accept: accept, text)
    }

    // MARK: Flush and shutdown

    /// Collects now, and returns when everything is delivered or the timeout is over.
    ///
    /// Blocks the calling thread, at most for `timeout`. In a forked child it returns at once.
    public func flush(timeout: Duration = Emitter.defaultTimeout) -> DeliveryReport {
        calls.flush(timeout)
    }

    /// Collects now, and returns when everything is delivered or the timeout is over.
    public func flush(timeout: Duration = Emitter.defaultTimeout) async -> DeliveryReport {
        await calls.flush(timeout)
    }

    /// Collects a last time, delivers what it can within the timeout and ends the emitter. What
    /// could not be delivered is left in the spool, or declared lost; the report tells how much
    /// that is.
    ///
    /// Blocks the calling thread, at most for `timeout`. Afterwards recording is still safe, and
    /// nothing is exported. Of several calls the nearest deadline counts; all get the same totals.
    public func shutdown(timeout: Duration = Emitter.defaultTimeout) -> DeliveryReport {
        calls.shutDown(timeout)
    }

    /// Collects a last time, delivers what it can within the timeout and ends the emitter. What
    /// could not be delivered is left in the spool, or declared lost; the report tells how much
    /// that is.
    public func shutdown(timeout: Duration = Emitter.defaultTimeout) async -> DeliveryReport {
        await calls.shutDown(timeout)
    }

    /// The same, for a program that shows how far it has come.
    ///
    /// - Parameter tell: told the totals each time that `interval` is over.
    package func shutdown(
        timeout: Duration, every interval: Duration, tell: (DeliveryTotals) -> Void
    ) -> DeliveryReport {
        calls.shutDown(timeout, every: interval, tell: tell)
    }

    /// Lets the emitter's thread look at `EmitterConfiguration.clock`, which a test has stepped.
    package func clockWasStepped() { mailbox.nudge() }

    /// Waits until the diagnostic handler has been told everything so far, at most for `timeout`.
    package func settleDiagnostics(within timeout: Duration) {
        relay.settle(until: .now() + timeout)
    }
}
