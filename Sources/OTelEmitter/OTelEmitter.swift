public import Instruments

/// Collects a program's instruments and pushes them to an OpenTelemetry Collector.
///
///     let emitter = Emitter()
///     let orders = emitter.meter("shop").counter("shop.orders", unit: "{order}")
///     orders.add(1, ["country": "DE"])
///     print(emitter.shutdown())
///
/// Making one returns at once: nothing is resolved, connected or read from disk before it does.
/// The emitter has one thread of its own, and for moments one that tells the host's handler;
/// recording never waits for either. All methods are safe to call from any thread. Keep the emitter while the program records, and shut it down at the end:
/// one that is let go without `shutdown` ends at once, undelivered.
public final class Emitter: Sendable {
    /// The registry that this emitter collects. Its `flush` and `shutdown` reach this emitter, too.
    public let meterProvider: MeterProvider
    /// The options in force.
    public let configuration: EmitterConfiguration

    private let mailbox = ExportMailbox()
    /// What the export thread collects through; held here, so that the provider can reach it.
    private let reader: MetricReader

    /// Time that `flush` and `shutdown` take at most unless told otherwise.
    public static let defaultTimeout = Duration.seconds(5)

    /// An emitter with these options; by default those of the process's environment.
    public init(_ configuration: EmitterConfiguration = EmitterConfiguration()) {
        self.configuration = configuration
        let relay = DiagnosticRelay(configuration.diagnosticHandler)
        meterProvider = MeterProvider(
            resource: configuration.resource, views: configuration.views,
            viewMatching: configuration.viewMatching,
            histogramAggregation: configuration.histogramAggregation,
            cardinalityLimit: configuration.cardinalityLimit,
            cardinalityLimits: configuration.cardinalityLimits,
            exemplarFilter: configuration.exemplarFilter,
            traceContext: configuration.traceContext, idleExpiry: configuration.idleExpiry,
            report: { relay.report(.instruments($0)) })
        // Weak, since the reader's thread lives longer than an emitter that was let go.
        let ownMetrics: MetricProducer = { [weak meterProvider] in
            OverflowMetric.scopes(meterProvider?.cardinalityOverflows ?? [])
        }
        reader = MetricReader(
            of: meterProvider, producers: [ownMetrics] + configuration.metricProducers,
            filter: configuration.metricFilter,
            flush: { [mailbox] in Self.flush(mailbox, $0).isComplete },
            shutdown: { [mailbox] in Self.shutDown(mailbox, $0).isComplete })
        configuration.problems.forEach { relay.report(.configuration($0)) }
        guard configuration.isExportEnabled else {
            mailbox.close()
            return
        }
        let context = ExportThread.Context(configuration, reader, mailbox, relay)
        if !ExportThread.start(context) {
            relay.report(.exportUnavailable(reason: "the system refuses a further thread"))
            mailbox.close(isServed: false)
        }
    }

    deinit {
        mailbox.abandon()
    }

    /// The meter of an instrumentation scope.
    public func meter(
        _ name: String, version: String = "", schemaURL: String = "",
        attributes: AttributeSet = .empty
    ) -> Meter {
        meterProvider.meter(name, version: version, schemaURL: schemaURL, attributes: attributes)
    }

    /// What has become of all data points so far.
    public var totals: DeliveryTotals { mailbox.totals }

    /// The snapshot of the last export's collection, for views that shall show the same numbers; nil
    /// unless `EmitterConfiguration.keepsLastCollection` is set.
    public var lastCollection: MetricsSnapshot? { mailbox.lastCollection }

    // MARK: Flush and shutdown

    /// Collects now, and returns when everything is delivered or the timeout is over.
    ///
    /// Blocks the calling thread, at most for `timeout`.
    public func flush(timeout: Duration = Emitter.defaultTimeout) -> DeliveryReport {
        Self.flush(mailbox, timeout)
    }

    /// Collects now, and returns when everything is delivered or the timeout is over.
    public func flush(timeout: Duration = Emitter.defaultTimeout) async -> DeliveryReport {
        let request = Self.makeRequest(timeout)
        guard mailbox.requestFlush(request) else { return mailbox.report }
        return await answer(to: request, within: timeout)
    }

    /// Collects a last time, delivers what it can within the timeout and ends the emitter. What
    /// could not be delivered is declared lost; the report tells how much that is.
    ///
    /// Blocks the calling thread, at most for `timeout`. Afterwards recording is still safe, and
    /// nothing is exported. Of several calls the nearest deadline counts; all get the same totals.
    public func shutdown(timeout: Duration = Emitter.defaultTimeout) -> DeliveryReport {
        Self.shutDown(mailbox, timeout)
    }

    /// Collects a last time, delivers what it can within the timeout and ends the emitter. What
    /// could not be delivered is declared lost; the report tells how much that is.
    public func shutdown(timeout: Duration = Emitter.defaultTimeout) async -> DeliveryReport {
        let request = Self.makeRequest(timeout, margin: true)
        guard mailbox.requestShutdown(request) else { return mailbox.report }
        let report = await answer(to: request, within: timeout)
        return report.isComplete ? report : mailbox.close(isServed: false)
    }

    // Functions of the mailbox, since the provider's reader calls them and must not hold the
    // emitter.

    private static func flush(_ mailbox: ExportMailbox, _ timeout: Duration) -> DeliveryReport {
        let request = makeRequest(timeout)
        guard mailbox.requestFlush(request) else { return mailbox.report }
        return request.waiter.wait(until: request.deadline) ?? mailbox.report
    }

    private static func shutDown(_ mailbox: ExportMailbox, _ timeout: Duration) -> DeliveryReport {
        let request = makeRequest(timeout, margin: true)
        guard mailbox.requestShutdown(request) else { return mailbox.report }
        let answer = request.waiter.wait(until: .now() + (timeout + .milliseconds(1)))
        return answer ?? mailbox.close(isServed: false)
    }

    /// - Parameter margin: whether the thread shall be done a little before the caller gives up, so
    ///   that its report is the one that counts.
    private static func makeRequest(
        _ timeout: Duration, margin: Bool = false
    ) -> ExportMailbox.Request {
        let reserve = margin ? min(timeout / 10, .milliseconds(20)) : .zero
        return ExportMailbox.Request(
            waiter: Waiter(), deadline: .now() + (max(timeout, .zero) - max(reserve, .zero)))
    }

    /// The thread answers by the deadline; should it not, a task does.
    private func answer(
        to request: ExportMailbox.Request, within timeout: Duration
    ) async -> DeliveryReport {
        let alarm = Task { [mailbox] in
            // A longer sleep would overflow the clock.
            try await Task.sleep(for: min(timeout, .seconds(Int64(Int32.max))))
            request.waiter.resume(mailbox.report)
        }
        defer { alarm.cancel() }
        return await request.waiter.value()
    }
}
