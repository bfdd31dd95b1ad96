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
        /// Bytes of the request that was accepted.
        var acceptedBytes = 0
        /// The status of the last response; nil if there was none.
        var status: Int?

        /// Data points that are delivered or lost.
        var decided: Int { delivered + losses.reduce(0) { $0 + $1.points } }
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

    func progress(
        _ decisions: [Division.Decision], _ route: Route, reason: String, _ errorType: String = ""
    ) -> Progress {
        var progress = Progress()
        for decision in decisions {
            switch decision.fate {
            case .delivered:
                progress.delivered += decision.points
            case .rejected(let metric):
                route.refusedMetric(metric, at: configuration.clock.now())
                lose(
                    decision, .rejected, "metric \"\(metric)\": \(reason)", errorType, route,
                    &progress)
            case .rejectedAll:
                lose(decision, .rejected, reason, errorType, route, &progress)
            case .tooLarge(let metric):
                let text = "a single data point of metric \"\(metric)\" is too large: \(reason)"
                lose(decision, .tooLarge, text, errorType, route, &progress)
            }
        }
        progress.isDone = division?.isOver ?? true
        return progress
    }

    /// The batch is done with, by these losses.
    func finish(_ losses: [Loss]) -> Progress {
        Progress(losses: losses, isDone: true)
    }

    private func lose(
        _ decision: Division.Decision, _ reason: LossReason, _ text: String,
        _ errorType: String, _ route: Route, _ progress: inout Progress
    ) {
        progress.losses.append(
            Loss(points: decision.points, reason: reason, errorType: errorType))
        let shown = CollectorText.shown(text)
        refusals.refused(
            at: configuration.clock.now(), endpoint: route.endpoint.description, reason: shown,
            points: decision.points
        ).map(report)
    }

    /// What an accepting receiver has to say about the points that it took.
    func tell(_ partial: PartialSuccess, rejected: Int, _ route: Route) {
        let endpoint = route.endpoint.description
        let now = configuration.clock.now()
        let message = partial.message ?? "no reason given"
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
