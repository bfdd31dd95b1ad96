/// One endpoint, the connection to it, and what is known of it.
package final class Route {
    /// After so many failures in a row each attempt makes a new connection.
    static let failuresBeforeRenewal = 2
    /// How long it is remembered that a receiver refuses gzip, or requests of a size.
    static let refusalMemory = Duration.seconds(86_400)
    /// How long it is remembered that a receiver refuses a metric.
    static let metricMemory = Duration.seconds(3600)
    /// Refused metrics that are remembered.
    static let metricLimit = 256

    let endpoint: Endpoint
    package var transport: HTTPTransport
    /// Whether this receiver has accepted a request.
    private(set) var hasAccepted = false
    /// Whether this receiver has accepted a compressed request.
    private(set) var hasAcceptedGzip = false
    private var gzipRefusedUntil = MonotonicTime(nanoseconds: .min)
    private var sizeLimit: (bytes: Int, until: MonotonicTime)?
    private var metrics: [String: MonotonicTime] = [:]
    private var outage = OutageReport()
    private var certificates = CertificateReport()
    private var backoff = Backoff()
    /// The end of our own back-off.
    private var backoffEnd = MonotonicTime(nanoseconds: .min)
    /// Until when the server asks to be left alone.
    private var heldUntil = MonotonicTime(nanoseconds: .min)
    /// The end of the current run of attempts.
    private var runEnd: MonotonicTime?

    init(_ endpoint: Endpoint, _ transport: consuming HTTPTransport) {
        self.endpoint = endpoint
        self.transport = transport
    }

    /// When the next attempt may be made.
    var retryAt: MonotonicTime { max(backoffEnd, heldUntil) }

    /// Somebody waits: our own back-off is over, what the server asked for is not.
    func hurry() {
        backoffEnd = MonotonicTime(nanoseconds: .min)
    }

    /// The last chance: what the server asked for counts no more.
    func hurryWhateverIsAsked() {
        hurry()
        heldUntil = MonotonicTime(nanoseconds: .min)
    }

    /// Whether a compressed request makes sense now.
    func takesGzip(at time: MonotonicTime) -> Bool { time >= gzipRefusedUntil }

    func refusedGzip(at time: MonotonicTime) {
        gzipRefusedUntil = time + Self.refusalMemory
        hasAcceptedGzip = false
    }

    /// Bytes of a request, before compression, that the receiver is thought to take.
    func byteLimit(at time: MonotonicTime) -> Int? {
        sizeLimit.flatMap { $0.until > time ? $0.bytes : nil }
    }

    /// A request of this size is too large; later ones are made smaller.
    func refusedSize(_ bytes: Int, at time: MonotonicTime) {
        let limit = max(bytes / 2, BatchLimits.smallestLearnedBytes)
        guard limit < byteLimit(at: time) ?? .max else { return }
        sizeLimit = (limit, time + Self.refusalMemory)
    }

    /// Names of metrics that were found to be refused of late: they need not be searched for again.
    func refusedMetrics(at time: MonotonicTime) -> Set<String> {
        metrics = metrics.filter { $0.value > time }
        return Set(metrics.keys)
    }

    func refusedMetric(_ name: String, at time: MonotonicTime) {
        guard metrics[name] == nil, metrics.count < Self.metricLimit else { return }
        metrics[name] = time + Self.metricMemory
    }

    /// The deadline of an attempt that begins now: the end of its run of attempts.
    ///
    /// - Parameter timeout: the longest that a run may take.
    func attemptLimit(at time: MonotonicTime, timeout: Duration) -> MonotonicTime {
        if let runEnd, runEnd > time { return runEnd }
        let end = time + timeout
        runEnd = end
        return end
    }

    // MARK: What became of an attempt

    /// A request was accepted. What to tell, if an outage is over.
    func succeeded(
        at time: MonotonicTime, wasCompressed: Bool, lostPoints: Int
    ) -> EmitterDiagnostic? {
        answered()
        hasAccepted = true
        if wasCompressed { hasAcceptedGzip = true }
        return outage.delivered(at: time, endpoint: endpoint.description, lostPoints: lostPoints)
    }

    /// The receiver works, though it did not accept the request.
    func answered() {
        backoff.reset()
        hurryWhateverIsAsked()
        runEnd = nil
    }

    /// What to tell of the certificate files, after an attempt.
    func certificateNews(at time: MonotonicTime) -> EmitterDiagnostic? {
        certificates.checked(
            transport.certificateProblem, at: time, endpoint: endpoint.description)
    }

    /// An attempt failed and will be repeated. What to tell, if it is time to.
    ///
    /// - Parameters:
    ///   - after: the wait that the server asks for.
    ///   - timeout: the longest that a run of attempts may take.
    func failed(
        _ reason: String, after: Duration?, at time: MonotonicTime, timeout: Duration,
        _ account: Courier.Account, using random: inout some RandomNumberGenerator
    ) -> EmitterDiagnostic? {
        let pause = backoff.next(using: &random)
        backoffEnd = time + pause
        if let after { heldUntil = time + (after + pause) }
        // A run that has too little time left for a further attempt is over.
        if let runEnd, retryAt + timeout / 2 > runEnd { self.runEnd = nil }
        if backoff.failures >= Self.failuresBeforeRenewal { transport.renew() }
        return outage.attemptFailed(
            at: time, endpoint: endpoint.description, reason: reason,
            waitingPoints: account.waitingPoints, lostPoints: account.lostPoints)
    }
}
