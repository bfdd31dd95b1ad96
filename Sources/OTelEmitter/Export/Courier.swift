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
    /// Bytes of a request, before compression, that a receiver was seen to refuse.
    private(set) var learnedByteLimit: Int?

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
        let earliest = routes.map(\.retryAt).min() ?? .distantFuture
        return division?.isExhausted == true ? .distantFuture : earliest
    }

    /// Whether new batches should be compressed.
    var wantsGzip: Bool {
        gzip != nil && routes.contains { $0.takesGzip(at: configuration.clock.now()) }
    }

    /// Somebody waits: back-off is over, unless a server asked for it.
    func hurry(isLast: Bool = false) {
        routes.forEach { isLast ? $0.hurryWhateverIsAsked() : $0.hurry() }
        if isLast { division?.refillBudget() }
    }

    /// A new interval begins: a search for refused metrics may go on.
    func beginInterval() {
        division?.refillBudget()
    }

    /// One request for the batch, which is the same as at the last call until that said it was done.
    ///
    /// - Parameter cutoff: when the emitter has to be done; asked again and again.
    func attempt(
        _ batch: Batch, _ account: Account, cutoff: () -> MonotonicTime
    ) -> Progress {
        let now = configuration.clock.now()
        guard let route = routes.first(where: { $0.retryAt <= now }) else { return Progress() }
        let limit = route.attemptLimit(at: now, timeout: runTimeout)
        guard let request = makeRequest(batch, for: route, at: now) else {
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
            verdict = .of(error)
        }
        var progress = apply(verdict, to: batch, request, route, account)
        progress.status = status
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
            learn(batch)
            return divide(batch, refusal, route) { $0.tooLarge() }
        case .bad(let refusal):
            route.answered()
            if refuseGzip(request, route) { return Progress() }
            guard route.hasAccepted else { return refuse(batch, refusal, route, account) }
            return divide(batch, refusal, route) { $0.refused() }
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

    /// A request of this size is too large; later ones are made smaller.
    private func learn(_ batch: Batch) {
        let size = division?.body?.count ?? batch.plainBody?.count ?? batch.body.count
        let limit = max(size / 2, BatchLimits.smallestLearnedBytes)
        guard limit < learnedByteLimit ?? .max else { return }
        learnedByteLimit = limit
    }

    private func finish(_ losses: [Loss]) -> Progress {
        Progress(losses: losses, isDone: true)
    }

    private func forgetBatch() {
        division = nil
        refusedBy = []
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
