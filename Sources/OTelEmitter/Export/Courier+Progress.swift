/// What attempts make of data points, and what is told of those that are refused.
extension Courier {
    /// What became of a batch's data points by one attempt.
    package struct Progress: Equatable {
        var delivered = 0
        var losses: [DeclaredLoss] = []
        /// Whether every point of the batch is delivered or lost.
        package var isDone = false
        /// Whether the attempt failed and has to be repeated.
        var hasFailed = false
        /// Why the batch is kept though every receiver refuses it; nil unless that is so.
        package var kept: Kept?
        /// Bytes of the request that was accepted.
        var acceptedBytes = 0
        /// The status of the last response; nil if there was none.
        var status: Int?

        /// Data points that are delivered or lost.
        package var decided: Int { delivered + losses.reduce(0) { $0 + $1.points } }
    }

    /// Who has refused a batch that is kept all the same, and why, both for people.
    package struct Kept: Equatable {
        package let endpoint: String
        package let reason: String
    }

    /// What the outage's reports tell besides.
    package struct Account {
        let waitingPoints: Int
        let lostPoints: Int

        package init(waitingPoints: Int, lostPoints: Int) {
            self.waitingPoints = waitingPoints
            self.lostPoints = lostPoints
        }
    }

    /// What a division has decided.
    ///
    /// - Parameters:
    ///   - route: whose answers have led to it.
    ///   - refusal: why something was refused; nil if nothing was.
    func progress(
        _ decisions: [Division.Decision], _ route: Route, _ refusal: Verdict.Refusal?
    ) -> Progress {
        var progress = Progress()
        for decision in decisions {
            if decision.fate == .delivered {
                progress.delivered += decision.points
                continue
            }
            let refusal = refusal ?? .unexplained
            if case .rejected(let metric) = decision.fate {
                route.refusedMetric(metric, at: configuration.clock.now())
            }
            progress.losses.append(
                DeclaredLoss(
                    points: decision.points, reason: decision.fate.lossReason,
                    errorType: refusal.errorType))
            tell(refusal.of(decision.fate), points: decision.points, route)
        }
        progress.isDone = division?.isOver ?? true
        return progress
    }

    /// Data points are refused for good.
    func tell(_ refusal: Verdict.Refusal, points: Int, _ route: Route) {
        refusals.refused(
            at: configuration.clock.now(), endpoint: route.endpoint.description,
            reason: CollectorText.shown(refusal.reason), points: points
        ).map(report)
    }

    /// What an accepting receiver has to say about the points that it took.
    func tell(_ partial: PartialSuccess, rejected: Int, _ route: Route) {
        let endpoint = route.endpoint.description
        let now = configuration.clock.now()
        let message = partial.message ?? Verdict.Refusal.unexplained.reason
        if rejected > 0 {
            refusals.refused(at: now, endpoint: endpoint, reason: message, points: rejected)
                .map(report)
        } else if partial.isDoubtful || partial.message != nil {
            let text = partial.message ?? "it says how many points it rejected, but no number"
            if warnings.refused(at: now, endpoint: endpoint, reason: text, points: 0) != nil {
                report(.collectorWarns(endpoint: endpoint, message: text))
            }
        }
    }
}

extension Courier.Progress {
    /// Counts what an attempt has decided.
    package func count(in totals: inout DeliveryTotals, isReplay: Bool) {
        totals.delivered += delivered
        if isReplay { totals.replayed += delivered }
        losses.forEach { totals.lose($0.points, $0.reason) }
    }
}
