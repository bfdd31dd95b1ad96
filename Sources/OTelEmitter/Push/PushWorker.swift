internal import Instruments

/// The loop of a push: takes the newest document, sends it until it is delivered or superseded. Used by the push's thread alone.
struct PushWorker: ~Copyable {
    /// Bytes of a response's body that are read: enough for a reason.
    private static let responseByteLimit = 64 << 10
    /// Documents are JSON, whatever form requests to a collector have.
    private static let contentType = "application/json"
    /// After so many failures in a row each attempt makes a new connection.
    private static let failuresBeforeRenewal = 2

    private let options: HTTPPushOptions
    private let mailbox: PushMailbox
    private let relay: DiagnosticRelay
    private let clock: EmitterClock
    private var transport: HTTPTransport
    private var random = SystemRandomNumberGenerator()
    private var backoff = Backoff()
    private var retryAt = MonotonicTime(nanoseconds: .min)
    /// Whether the end is near, and back-off was forgotten for it.
    private var isHurried = false
    private var report = PushReport()
    /// The document that is being sent.
    private var held: [UInt8]?

    /// Nil when memory or descriptors are exhausted.
    init?(
        _ options: HTTPPushOptions, _ mailbox: PushMailbox, _ relay: DiagnosticRelay,
        proxies: [String: String]
    ) {
        guard let wakeup = TransportWakeup(),
            let transport = HTTPTransport(
                endpoint: options.endpoint, headers: options.headers, tls: options.tls,
                responseByteLimit: Self.responseByteLimit, wakeup: wakeup, clock: options.clock,
                proxies: proxies)
        else { return nil }
        self.options = options
        self.mailbox = mailbox
        self.relay = relay
        self.transport = transport
        clock = options.clock
        mailbox.attach { wakeup.wake() }
    }

    /// Works until it is asked to end. True if a document was left undelivered.
    mutating func run() -> Bool {
        while true {
            let work = mailbox.take(isHolding: held != nil)
            if let newer = work.document {
                if held != nil { options.supersededHandler() }
                held = newer
                if retryAt == .distantFuture { retryAt = clock.now() }
            }
            let now = clock.now()
            if work.isAbandoned || work.end.map({ held == nil || now >= $0 }) ?? false {
                return held != nil
            }
            if work.end != nil, !isHurried {
                isHurried = true
                retryAt = now
            }
            if let held, retryAt <= now {
                attempt(held)
            } else {
                transport.wait(until: min(held == nil ? .distantFuture : retryAt, mailbox.cutoff()))
            }
        }
    }

    private mutating func attempt(_ document: [UInt8]) {
        let end = clock.now() + max(options.timeout, .milliseconds(1))
        let request = HTTPRequest(
            body: document, contentType: Self.contentType, isCompressed: false)
        do throws(TransportError) {
            let response = try transport.send(request) { [mailbox] in min(end, mailbox.cutoff()) }
            switch Verdict.of(response, to: .json, now: Int64(clock.wall() / 1_000_000_000)) {
            case .delivered: delivered()
            case .retry(_, let after): failed(Self.reason(response), after: after)
            case .tooLarge, .bad, .rejected: refused(Self.reason(response))
            }
        } catch {
            failed(error.text, after: nil)
        }
    }

    private mutating func delivered() {
        held = nil
        backoff.reset()
        mailbox.count { $0.delivered += 1 }
        report.delivered(at: clock.now(), endpoint: place).map(relay.report)
    }

    /// The document stays, unless a newer one comes.
    private mutating func failed(_ reason: String, after: Duration?) {
        let now = clock.now()
        retryAt = now + (backoff.next(using: &random) + (after ?? .zero))
        if backoff.failures >= Self.failuresBeforeRenewal { transport.renew() }
        tell(reason)
    }

    /// The server does not take it, however often it is tried; the next one it may.
    private mutating func refused(_ reason: String) {
        retryAt = .distantFuture
        tell(reason)
    }

    private mutating func tell(_ reason: String) {
        let now = clock.now()
        // Of a request that the push's own end has cut off nothing is known.
        guard now < mailbox.cutoff() else { return }
        report.failed(at: now, endpoint: place, reason: reason).map(relay.report)
    }

    private var place: String { options.endpoint.description }

    private static func reason(_ response: HTTPResponse) -> String {
        let message = CollectorText.message(of: response).map { " (\($0))" } ?? ""
        return "it answers \(response.status)" + message
    }
}
