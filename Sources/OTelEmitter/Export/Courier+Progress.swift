/// What attempts make of data points, and what is told of those that are refused.
extension Courier {
    /// What became of a batch's data points by one attempt.
    struct Progress: Equatable {
        var delivered = 0
        var losses: [Loss] = []
        /// Whether every point of the batch is delivered or lost.
        var isDone = false
        /// Whether the attempt failed and has to be repeated.
        var hasFailed = false
        /// Why the batch is kept though every receiver refuses it; nil unless that is so.
        var kept: Kept?
        /// Bytes of the request that was accepted.
        var acceptedBytes = 0
        /// The status of the last response; nil if there was none.
        var status: Int?

        /// Data points that are delivered or lost.
        var decided: Int { delivered + losses.reduce(0) { $0 + $1.points } }
    }

    /// Who has refused a batch that is kept all the same, and why, both for people.
    struct Kept: Equatable {
        let endpoint: String
        let reason: String
    }

    struct Loss: Equatable {
        let points: Int
        let reason: LossReason
        /// Few values, fit for an attribute.
        let errorType: String
    }

    /// What the outage's reports tell besides.
    struct Account {
        let waitingPoints: Int
        let lostPoints: Int
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
                Loss(
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

extension DeliveryTotals {
    /// What an attempt has decided.
    mutating func count(_ progress: Courier.Progress, isReplay: Bool) {
        delivered += progress.delivered
        if isReplay { replayed += progress.delivered }
        progress.losses.forEach { lose($0.points, $0.reason) }
    }

    /// What has come from earlier processes, and what the disk has given up.
    mutating func count(_ change: SpoolChange) {
        recorded += change.adoptedPoints
        change.lost.forEach { lose($0.value, $0.key) }
    }
}
