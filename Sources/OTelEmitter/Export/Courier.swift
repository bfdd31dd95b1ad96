internal import Instruments

/// Delivers batches, one request at a time: chooses the route, sends, divides what is refused, and
/// says what became of the data points. Used by the emitter's thread alone.
package final class Courier {
    /// How long a receiver that refused a batch whole is spared it, while others can't be reached.
    static let refusalMemory = Duration.seconds(600)

    let routes: [Route]
    let configuration: EmitterConfiguration
    let report: (EmitterDiagnostic) -> Void
    /// Whether no answer makes a data point lost: what every receiver refuses is kept.
    let keepsRefused: Bool
    var random: any RandomNumberGenerator
    private var gzip: Gzip?
    var division: Division?
    var refusals = RefusalReport()
    var warnings = RefusalReport()
    /// Routes that have refused the batch in hand whole, and until when they are spared it.
    var refusedBy: [ObjectIdentifier: MonotonicTime] = [:]
    /// Who refused the batch in hand for some of its metrics, and how.
    var searched: (route: Route, refusal: Verdict.Refusal)?

    package init(
        _ configuration: EmitterConfiguration, routes: [Route],
        using random: any RandomNumberGenerator, keepsRefused: Bool = false,
        report: @escaping (EmitterDiagnostic) -> Void
    ) {
        self.keepsRefused = keepsRefused
        self.configuration = configuration
        self.routes = routes
        self.random = random
        self.report = report
        gzip = configuration.compression == .gzip ? Gzip() : nil
    }

    /// When the next attempt may be made, at the earliest.
    package var retryAt: MonotonicTime {
        isSearchExhausted ? .distantFuture : routes.map(retryAt(of:)).min() ?? .distantFuture
    }

    /// When the next attempt may be made by a route, as far as the batch in hand goes.
    private func retryAt(of route: Route) -> MonotonicTime {
        max(route.retryAt, refusedBy[ObjectIdentifier(route)] ?? route.retryAt)
    }

    /// The route that a request would take now, or the first one if it would have to wait.
    var routeInUse: Route? { readyRoute(at: configuration.clock.now()) ?? routes.first }

    private func readyRoute(at time: MonotonicTime) -> Route? {
        routes.first { retryAt(of: $0) <= time }
    }

    /// Bytes of a request, before compression, that the receiver in use is thought to take.
    var learnedByteLimit: Int? { routeInUse?.byteLimit(at: configuration.clock.now()) }

    /// Whether attempts have left something of the batch in hand: parts, or who refused it.
    package var hasBegun: Bool { division != nil || !refusedBy.isEmpty }

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
        let progress = progress(decisions, searched.route, searched.refusal)
        if progress.isDone { forgetBatch() }
        return progress
    }

    /// One request for the batch, which is the same as at the last call until that said it was
    /// done, or until `forgetBatch`.
    ///
    /// - Parameter cutoff: when the emitter has to be done; asked again and again.
    package func attempt(
        _ batch: Batch, _ account: Account, cutoff: () -> MonotonicTime
    ) -> Progress {
        let now = configuration.clock.now()
        guard let route = readyRoute(at: now) else { return Progress() }
        leaveSearch(unlessOf: route, at: now)
        let limit = route.attemptLimit(at: now, timeout: runTimeout)
        guard let request = makeRequest(batch, for: route, at: now) else {
            forgetBatch()
            return finish([
                DeclaredLoss(
                    points: batch.points, reason: .rejected,
                    errorType: Verdict.Refusal.unreadable)
            ])
        }
        let verdict: Verdict
        var status: Int?
        do throws(TransportError) {
            let response = try route.transport.send(request) { min(limit, cutoff()) }
            status = response.status
            let seconds = Int64(configuration.clock.wall() / 1_000_000_000)
            verdict = .of(response, to: batch.form, now: seconds)
        } catch {
            // It is the emitter that has gone: nothing is known of the collector.
            if cutoff() == .distantPast { return Progress() }
            verdict = .of(error)
        }
        route.certificateNews(at: now).map(report)
        var progress = apply(verdict, to: batch, request, account, from: route)
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
        let contentType = batch.form.contentType
        let takesGzip = gzip != nil && route.takesGzip(at: now)
        if let body = division?.body {
            let compressed = takesGzip ? body.withUnsafeBytes { gzip?.compress($0) } : nil
            return HTTPRequest(
                body: compressed ?? body, contentType: contentType, isCompressed: compressed != nil)
        }
        if batch.isCompressed, !route.takesGzip(at: now) {
            return batch.plainBody.map {
                HTTPRequest(body: $0, contentType: contentType, isCompressed: false)
            }
        }
        return HTTPRequest(
            body: batch.body, contentType: contentType, isCompressed: batch.isCompressed)
    }

    /// Bytes of the request in hand, before compression.
    func sizeOfRequest(_ batch: Batch) -> Int {
        division?.body?.count ?? batch.plainBody?.count ?? batch.body.count
    }

    /// The stricter of the two limits; zero means none.
    var runTimeout: Duration {
        let limits = [configuration.timeout, configuration.exportTimeout].filter { $0 > .zero }
        return limits.min() ?? .seconds(Int64(Int32.max))
    }

    /// What one receiver refuses of a request says nothing of what another one takes.
    private func leaveSearch(unlessOf route: Route, at now: MonotonicTime) {
        guard let searched, searched.route !== route else { return }
        division?.leaveSearch().forEach { searched.route.refusedMetric($0, at: now) }
        self.searched = nil
    }

    func finish(_ losses: [DeclaredLoss]) -> Progress {
        Progress(losses: losses, isDone: true)
    }

    /// The batch in hand is another one from now on.
    func forgetBatch() {
        division = nil
        refusedBy = [:]
        searched = nil
    }
}
