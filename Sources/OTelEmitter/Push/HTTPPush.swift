internal import Glibc
internal import Instruments

/// Posts JSON documents of which only the newest matters to one endpoint, over the emitter's
/// transport, with its retry rules: 429, 502, 503, 504 and failures of the connection are tried
/// again with exponential, jittered back-off; what is refused otherwise is not.
///
///     let push = HTTPPush(HTTPPushOptions(endpoint: endpoint))
///     push.offer(document)
///     push.shutdown()
///
/// One document is on its way, the newest waits; each one that a newer takes the place of is
/// superseded, and counted. A dead endpoint costs a counter and two documents' memory. It has one
/// thread of its own; all calls are safe from any thread, and none waits but `shutdown`. In a
/// forked child they do nothing.
public final class HTTPPush: Sendable {
    private let options: HTTPPushOptions
    private let mailbox = PushMailbox()
    private let thread = ThreadStart()
    /// The process that has the thread; a forked child has not.
    private let process = getpid()

    /// Time that `shutdown` takes at most unless told otherwise.
    public static let defaultTimeout = Duration.seconds(5)

    /// Connects to nothing and reads no file before it returns.
    public init(_ options: HTTPPushOptions) {
        var options = options
        options.tls = options.tls.withAbsolutePaths
        self.options = options
        let relay = DiagnosticRelay(options.diagnosticHandler)
        // Read by the host's thread: no other one calls `getenv`.
        let proxies = ProxySettings.environment()
        let isStarted = thread.begin { [mailbox, options] in
            DetachedThread.start { Self.run(options, mailbox, relay, proxies) }
        }
        if !isStarted {
            options.diagnosticHandler(
                .pushFailing(
                    endpoint: options.endpoint.description,
                    reason: "the system refuses a further thread; each document asks for it again"))
        }
    }

    deinit {
        guard getpid() == process else { return }
        thread.giveUp()
        mailbox.abandon()
    }

    /// Hands a document over to be posted. Never waits; after a shutdown it does nothing.
    public func offer(_ document: [UInt8]) {
        guard getpid() == process else { return }
        _ = thread.retry()
        if mailbox.offer(document) == .supersedes { options.supersededHandler() }
    }

    /// What has become of the documents so far.
    public var totals: HTTPPushTotals {
        getpid() == process ? mailbox.totals : HTTPPushTotals()
    }

    /// Delivers what waits if it can within the timeout, and ends the push.
    ///
    /// Blocks the calling thread, at most for `timeout`. True if nothing was left undelivered.
    @discardableResult
    public func shutdown(timeout: Duration = HTTPPush.defaultTimeout) -> Bool {
        guard getpid() == process else { return false }
        guard thread.retry() else {
            thread.giveUp()
            mailbox.end(isHolding: false)
            return mailbox.totals.abandoned == 0
        }
        let reserve = min(timeout / 10, .milliseconds(20))
        mailbox.close(by: options.clock.now() + (max(timeout, .zero) - max(reserve, .zero)))
        let hasEnded = mailbox.hasEnded(by: .now() + timeout)
        if !hasEnded, !mailbox.isServed {
            // The thread was refused to another caller meanwhile.
            thread.giveUp()
            mailbox.end(isHolding: false)
        }
        return hasEnded && mailbox.totals.abandoned == 0
    }

    private static func run(
        _ options: HTTPPushOptions, _ mailbox: PushMailbox, _ relay: DiagnosticRelay,
        _ proxies: [String: String]
    ) {
        ThreadName.set("otel-push")
        let problem = CurlGlobal.problem
        guard problem == nil, var worker = PushWorker(options, mailbox, relay, proxies: proxies)
        else {
            let reason = problem ?? "libcurl has no memory or descriptors left"
            relay.report(
                .pushFailing(endpoint: options.endpoint.description, reason: reason))
            return mailbox.end(isHolding: false)
        }
        let isHolding = worker.run()
        mailbox.end(isHolding: isHolding)
    }
}
