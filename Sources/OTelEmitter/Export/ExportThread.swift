internal import Instruments

/// The emitter's own thread. Nothing of it runs on Swift's concurrency pool.
package enum ExportThread {
    /// What the thread needs; it makes the rest itself, so that starting costs the host nothing.
    final class Context: Sendable {
        let configuration: EmitterConfiguration
        let reader: MetricReader
        let mailbox: ExportMailbox
        let relay: DiagnosticRelay
        let selfMetrics: SelfMetrics?
        /// Read by the host's thread: no other one calls `getenv`.
        let proxies = ProxySettings.environment()

        init(
            _ configuration: EmitterConfiguration, _ reader: MetricReader,
            _ mailbox: ExportMailbox, _ relay: DiagnosticRelay, _ selfMetrics: SelfMetrics?
        ) {
            self.selfMetrics = selfMetrics
            self.relay = relay
            self.configuration = configuration
            self.reader = reader
            self.mailbox = mailbox
        }
    }

    /// Starts the thread. False if the system refuses one.
    static func start(_ context: Context) -> Bool {
        DetachedThread.start {
            ThreadName.set("otel-emitter")
            run(context)
        }
    }

    private static func run(_ context: Context) {
        let configuration = context.configuration
        var isServed = false
        defer { context.mailbox.close(isServed: isServed) }
        configuration.threadStartHandler?()
        if configuration.exporter != .otlp {
            isServed = LineWorker(context).run()
            return
        }
        if let problem = CurlGlobal.problem {
            return context.relay.report(.exportUnavailable(reason: problem))
        }
        isServed = export(context)
    }

    /// True if everything recorded was collected.
    private static func export(_ context: Context) -> Bool {
        let configuration = context.configuration
        guard let wakeup = TransportWakeup(),
            let routes = routes(configuration, wakeup, proxies: context.proxies)
        else {
            context.relay.report(
                .exportUnavailable(reason: "libcurl has no memory or descriptors left"))
            return false
        }
        context.mailbox.attach { wakeup.wake() }
        defer { context.mailbox.detach() }
        return ExportWorker(context, routes).run()
    }

    /// The endpoints in the order of preference; nil when memory or descriptors are exhausted.
    package static func routes(
        _ configuration: EmitterConfiguration, _ wakeup: TransportWakeup,
        proxies: [String: String]
    ) -> [Route]? {
        var routes: [Route] = []
        for endpoint in configuration.endpoints {
            guard
                let transport = HTTPTransport(
                    endpoint: endpoint, headers: configuration.headers, tls: configuration.tls,
                    responseByteLimit: configuration.responseByteLimit, wakeup: wakeup,
                    clock: configuration.clock, proxies: proxies)
            else { return nil }
            routes.append(Route(endpoint, transport))
        }
        return routes
    }
}
