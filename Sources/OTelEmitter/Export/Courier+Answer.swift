/// What an answer means for the batch in hand and for the route that it came from.
extension Courier {
    func apply(
        _ verdict: Verdict, to batch: Batch, _ request: HTTPRequest, _ account: Account,
        from route: Route
    ) -> Progress {
        let now = configuration.clock.now()
        switch verdict {
        case .delivered(let partial):
            route.succeeded(
                at: now, wasCompressed: request.isCompressed, lostPoints: account.lostPoints
            ).map(report)
            return delivered(batch, partial, route)
        case .retry(let refusal, let after):
            return fail(route, refusal, after: after, account)
        case .tooLarge(let refusal):
            route.answered()
            let bytes = sizeOfRequest(batch)
            route.refusedSize(bytes, at: now)
            return divide(batch, refusal, route) { $0.tooLarge(bytes: bytes) }
        case .bad(let refusal):
            if refuseGzip(request, route) { return Progress() }
            guard route.hasAccepted else {
                return refuse(batch, refusal.ofOneThatNeverAccepted(batch.form), route, account)
            }
            // A search ends by giving something up.
            if keepsRefused { return refuse(batch, refusal, route, account) }
            route.answered()
            searched = (route, refusal)
            let (known, turns) = (route.refusedMetrics(at: now), random.next())
            return divide(batch, refusal, route) { $0.refused(leavingOut: known, turns: turns) }
        case .rejected(let refusal):
            if refusal.errorType == "415", refuseGzip(request, route) { return Progress() }
            return refuse(batch, refusal, route, account)
        }
    }

    /// The receiver may refuse the compression rather than the content: it is sent plain at once.
    private func refuseGzip(_ request: HTTPRequest, _ route: Route) -> Bool {
        guard request.isCompressed, !route.hasAcceptedGzip else { return false }
        route.answered()
        route.refusedGzip(at: configuration.clock.now())
        return true
    }

    private func delivered(_ batch: Batch, _ partial: PartialSuccess, _ route: Route) -> Progress {
        let decisions =
            division?.delivered() ?? [Division.Decision(points: batch.points, fate: .delivered)]
        // A search may end by this, and name those that were refused before.
        var progress = progress(decisions, route, searched?.refusal)
        // A receiver can't refuse more than it was sent.
        let rejected = min(partial.rejected, progress.delivered)
        if rejected > 0 {
            progress.delivered -= rejected
            progress.losses.append(
                DeclaredLoss(
                    points: rejected, reason: .rejected,
                    errorType: Verdict.Refusal.unexplained.errorType))
        }
        tell(partial, rejected: rejected, route)
        return progress
    }

    /// The batch goes on in parts.
    private func divide(
        _ batch: Batch, _ refusal: Verdict.Refusal, _ route: Route,
        _ decide: (inout Division) -> [Division.Decision]
    ) -> Progress {
        if division == nil {
            division = batch.plainBody.flatMap {
                Division($0, batch.form, points: batch.points)
            }
        }
        guard let decisions = division.mutate(decide) else {
            let unreadable = refusal.ofWhatCanNotBeDivided
            if keepsRefused { return keep(unreadable, route) }
            tell(unreadable, points: batch.points, route)
            return finish(
                [
                    DeclaredLoss(
                        points: batch.points, reason: .rejected, errorType: unreadable.errorType)
                ])
        }
        if keepsRefused, let fate = decisions.first(where: { $0.fate != .delivered })?.fate {
            return keep(refusal.of(fate), route)
        }
        return progress(decisions, route, refusal)
    }

    /// Nothing of the batch is given up, and it is not sent again.
    private func keep(_ refusal: Verdict.Refusal, _ route: Route) -> Progress {
        Progress(
            kept: Kept(
                endpoint: route.endpoint.description, reason: CollectorText.shown(refusal.reason)))
    }

    /// This receiver takes nothing of the batch; another route may.
    private func refuse(
        _ batch: Batch, _ refusal: Verdict.Refusal, _ route: Route, _ account: Account
    ) -> Progress {
        let now = configuration.clock.now()
        refusedBy[ObjectIdentifier(route)] = now + Self.refusalMemory
        // Its pause grows from batch to batch, as long as others take what it refuses.
        guard refusedBy.count == routes.count else { return fail(route, refusal, account) }
        routes.forEach { $0.hurry() }
        route.answered()
        if keepsRefused { return keep(refusal, route) }
        let points = division?.undecidedPoints ?? batch.points
        tell(refusal, points: points, route)
        return finish([
            DeclaredLoss(points: points, reason: .rejected, errorType: refusal.errorType)
        ])
    }

    private func fail(
        _ route: Route, _ refusal: Verdict.Refusal, after: Duration? = nil, _ account: Account
    ) -> Progress {
        route.failed(
            refusal.reason, after: after, at: configuration.clock.now(), timeout: runTimeout,
            account, using: &random
        ).map(report)
        return Progress(hasFailed: true)
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
