internal import Glibc
internal import Instruments

/// The emitter's own thread. Nothing of it runs on Swift's concurrency pool.
enum ExportThread {
    /// What the thread needs; it makes the rest itself, so that starting costs the host nothing.
    final class Context: Sendable {
        let configuration: EmitterConfiguration
        let reader: MetricReader
        let mailbox: ExportMailbox
        let relay: DiagnosticRelay

        init(
            _ configuration: EmitterConfiguration, _ reader: MetricReader,
            _ mailbox: ExportMailbox, _ relay: DiagnosticRelay
        ) {
            self.relay = relay
            self.configuration = configuration
            self.reader = reader
            self.mailbox = mailbox
        }
    }

    /// Starts the thread. False if the system refuses one.
    static func start(_ context: Context) -> Bool {
        DetachedThread.start {
            nameThread()
            run(context)
        }
    }

    private static func run(_ context: Context) {
        let configuration = context.configuration
        var isServed = false
        defer { context.mailbox.close(isServed: isServed) }
        configuration.threadStartHandler?()
        if configuration.exporter != .otlp {
            isServed = LineWorker(
                configuration, context.reader, context.mailbox, context.relay
            ).run()
            return
        }
        if let problem = CurlGlobal.problem {
            return context.relay.report(.exportUnavailable(reason: problem))
        }
        guard let wakeup = TransportWakeup(),
            let transport = HTTPTransport(
                endpoint: configuration.endpoint, headers: configuration.headers, wakeup: wakeup)
        else {
            return context.relay.report(
                .exportUnavailable(reason: "libcurl has no memory or descriptors left"))
        }
        context.mailbox.attach { wakeup.wake() }
        isServed = ExportWorker(
            configuration, context.reader, context.mailbox, context.relay, transport
        ).run()
        context.mailbox.detach()
    }
}

/// The name that `top -H` and debuggers show; at most 15 bytes. Without it all works the same.
private func nameThread() {
    let descriptor = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    _ = write(descriptor, "otel-emitter", 12)
    close(descriptor)
}
