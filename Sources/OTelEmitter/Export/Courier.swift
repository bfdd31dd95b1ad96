internal import Instruments

/// Delivers batches, one request at a time: chooses the route, sends, divides what is refused, and
/// says what became of the data points. Used by the emitter's thread alone.
final class Courier {
    private let routes: [Route]
    let configuration: EmitterConfiguration
    let report: (EmitterDiagnostic) -> Void
    private var random: any RandomNumberGenerator
    private var gzip: Gzip?
    private(set) var division: Division?
    var refusals = RefusalReport()
    var warnings = RefusalReport()
    /// Routes that have refused the batch in hand whole.
    private var refusedBy: [ObjectIdentifier] = []
    /// Who refused the batch in hand for some of its metrics, and how.
    private var searched: (route: Route, refusal: Verdict.Refusal)?

    init(
        _ configuration: EmitterConfiguration, routes: [Route],
        using random: any RandomNumberGenerator, report: @escaping (EmitterDiagnostic) -> Void
    ) {
        self.configuration = configuration
        self.routes = routes
        self.random = random
        self.report = report
        gzip = configuration.compression == .gzip ? Gzip() : nil
    }

    /// When the next attempt may be made, at the earliest.
    var retryAt: MonotonicTime {
        isSearchExhausted ? .distantFuture : routes.map(\.retryAt).min() ?? .distantFuture
    }

    /// The route that a request would take now, or the first one if it would have to wait.
    var routeInUse: Route? { readyRoute(at: configuration.clock.now()) ?? routes.first }

    private func readyRoute(at time: MonotonicTime) -> Route? {
        routes.first { $0.retryAt <= time }
    }

    /// Bytes of a request, before compression, that the receiver in use is thought to take.
    var learnedByteLimit: Int? { routeInUse?.byteLimit(at: configuration.clock.now()) }

    /// Whether attempts have left something of the batch in hand: parts, or who refused it.
    var hasBegun: Bool { division != nil || !refusedBy.isEmpty }

    /// Whether the search for refused metrics has had its requests for this interval.
    private var isSearchExhausted: Bool { division?.isExhausted == true }

    /// Whether new batches should be compressed.
    var wantsGzip: Bool {
        gzip != nil && routes.contains { $0.takesGzip(at: configuration.clock.now()) }
    }

    /// Somebody waits: back-off is over, unless a server asked for it.
    func hurry(isLast: Bool = false) {
        routes.forEach { isLast ? $0.hurryWhateverIsAsked() : $0.hurry() }
    }

    /// Lets a search for refused metrics go on: nobody waits behind it, or its time is bounded.
    func refillSearch() {
        division?.refillBudget()
    }

    /// Ends a search that has had its requests: what it found is refused, and so is what it had
    /// still to look at. Newer data wait, and what was found now is left out of them at once.
    func giveUpSearch() -> Progress {
        guard isSearchExhausted, let searched, let decisions = division?.giveUpSearch() else {
            return Progress()
        }
        let (route, refusal) = searched
        let progress = progress(decisions, route, reason: refusal.reason, refusal.errorType)
        if progress.isDone { forgetBatch() }
        return progress
    }

    /// One request for the batch, which is the same as at the last call until that said it was
    /// done, or until `forgetBatch`.
    ///
    /// - Parameter cutoff: when the emitter has to be done; asked again and again.
    func attempt(
        _ batch: Batch, _ account: Account, cutoff: () -> MonotonicTime
    ) -> Progress {
        let now = configuration.clock.now()
        guard let route = readyRoute(at: now) else { return Progress() }
        let limit = route.attemptLimit(at: now, timeout: runTimeout)
        guard let request = makeRequest(batch, for: route, at: now) else {
            forgetBatch()
            return finish([Loss(points: batch.points, reason: .rejected, errorType: "unreadable")])
        }
        let verdict: Verdict
        var status: Int?
        do throws(TransportError) {
            let response = try route.transport.send(request) { min(limit, cutoff()) }
            status = response.status
            let seconds = Int64(configuration.clock.wall() / 1_000_000_000)
            verdict = .of(response, now: seconds)
        } catch {
            // It is the emitter that has gone: nothing is known of the collector.
            if cutoff() == .distantPast { return Progress() }
            verdict = .of(error)
        }
        route.certificateNews(at: now).map(report)
        var progress = apply(verdict, to: batch, request, route, account)
        progress.status = status
        if progress.delivered > 0 { progress.acceptedBytes = request.body.count }
        if progress.isDone { forgetBatch() }
        return progress
    }

    // MARK: The request

    /// The bytes to send: of the whole batch, or of its next part.
    private func makeRequest(_ batch: Batch, for route: Route, at now: MonotonicTime)
        -> HTTPRequest?
    {
        let takesGzip = gzip != nil && route.takesGzip(at: now)
        if let body = division?.body {
            let compressed = takesGzip ? body.withUnsafeBytes { gzip?.compress($0) } : nil
            return HTTPRequest(body: compressed ?? body, isCompressed: compressed != nil)
        }
        if batch.isCompressed, !route.takesGzip(at: now) {
            return batch.plainBody.map { HTTPRequest(body: $0, isCompressed: false) }
        }
        return HTTPRequest(body: batch.body, isCompressed: batch.isCompressed)
    }

    /// The stricter of the two limits; zero means none.
    private var runTimeout: Duration {
        let limits = [configuration.timeout, configuration.exportTimeout].filter { $0 > .zero }
        return limits.min() ?? .seconds(Int64(Int32.max))
    }

    // MARK: The answer

    private func apply(
        _ verdict: Verdict, to batch: Batch, _ request: HTTPRequest, _ route: Route,
        _ account: Account
    ) -> Progress {
        let now = configuration.clock.now()
        switch verdict {
        case .delivered(let partial):
            route.succeeded(
                at: now, wasCompressed: request.isCompressed, lostPoints: account.lostPoints
            ).map(report)
            return delivered(batch, partial, route)
        case .retry(let refusal, let after):
            route.failed(
                refusal.reason, after: after, at: now, timeout: runTimeout, account,
                using: &random
            ).map(report)
            return Progress(hasFailed: true)
        case .tooLarge(let refusal):
            route.answered()
            route.refusedSize(sizeOfRequest(batch), at: now)
            return divide(batch, refusal, route) { $0.tooLarge() }
        case .bad(let refusal):
            route.answered()
            if refuseGzip(request, route) { return Progress() }
            guard route.hasAccepted else { return refuse(batch, refusal, route, account) }
            searched = (route, refusal)
            let known = route.refusedMetrics(at: now)
            return divide(batch, refusal, route) { $0.refused(leavingOut: known) }
        case .rejected(let refusal):
            route.answered()
            if refusal.errorType == "415", refuseGzip(request, route) { return Progress() }
            return refuse(batch, refusal, route, account)
        }
    }

    /// The receiver may refuse the compression rather than the content: it is sent plain at once.
    private func refuseGzip(_ request: HTTPRequest, _ route: Route) -> Bool {
        guard request.isCompressed, !route.hasAcceptedGzip else { return false }
        route.refusedGzip(at: configuration.clock.now())
        return true
    }

    private func delivered(_ batch: Batch, _ partial: PartialSuccess, _ route: Route) -> Progress {
        let decisions =
            division?.delivered() ?? [Division.Decision(points: batch.points, fate: .delivered)]
        var progress = progress(decisions, route, reason: "")
        // A receiver can't refuse more than it was sent.
        let rejected = min(partial.rejected, progress.delivered)
        if rejected > 0 {
            progress.delivered -= rejected
            progress.losses.append(
                Loss(points: rejected, reason: .rejected, errorType: "rejected"))
        }
        tell(partial, rejected: rejected, route)
        return progress
    }

    /// The batch goes on in parts.
    private func divide(
        _ batch: Batch, _ refusal: Verdict.Refusal, _ route: Route,
        _ decide: (inout Division) -> [Division.Decision]
    ) -> Progress {
        if division == nil { division = batch.plainBody.flatMap(Division.init) }
        guard let decisions = division.mutate(decide) else {
            return finish(
                [Loss(points: batch.points, reason: .rejected, errorType: refusal.errorType)])
        }
        return progress(decisions, route, reason: refusal.reason, refusal.errorType)
    }

    /// This receiver takes nothing of the batch; another route may.
    private func refuse(
        _ batch: Batch, _ refusal: Verdict.Refusal, _ route: Route, _ account: Account
    ) -> Progress {
        refusedBy.append(ObjectIdentifier(route))
        let others = routes.filter { !refusedBy.contains(ObjectIdentifier($0)) }
        let now = configuration.clock.now()
        guard others.isEmpty else {
            route.failed(
                refusal.reason, after: nil, at: now, timeout: runTimeout, account, using: &random
            ).map(report)
            return Progress(hasFailed: true)
        }
        let points = division?.undecidedPoints ?? batch.points
        refusals.refused(
            at: now, endpoint: route.endpoint.description, reason: refusal.reason, points: points
        ).map(report)
        return finish([Loss(points: points, reason: .rejected, errorType: refusal.errorType)])
    }

    /// Bytes of the request in hand, before compression.
    private func sizeOfRequest(_ batch: Batch) -> Int {
        division?.body?.count ?? batch.plainBody?.count ?? batch.body.count
    }

    /// The batch in hand is another one from now on.
    func forgetBatch() {
        division = nil
        refusedBy = []
        searched = nil
    }
}

extension Optional {
    /// Changes the value in place, if there is one.
    fileprivate mutating func mutate<Result>(_ change: (inout Wrapped) -> Result) -> Result? {
        guard var value = self else { return nil }
        self = nil
        defer { self = value }
        return change(&value)
    }
}
