/// What the alerts call too much, and the dashboards mark. Each is a default that suits a small
/// network: change it here and generate anew, or in your copy of the rules.
enum Limits {
    // MARK: Consensus

    /// A chain that has not grown for so long, in minutes, has stalled.
    static let stallMinutes = 5
    /// 95% of the rounds should have their quorum by then.
    static let quorumLatency = Duration.seconds(2)
    /// Failed votes in 10 minutes, for each reason.
    static let failedVotes = 10.0

    // MARK: Network

    /// For each instance and direction: 100 Mbit/s. It is recorded as
    /// `rpp:traffic_budget:bytes_per_second`, so that it is changed in one place.
    static let trafficBudget = 12_500_000
    /// Traffic so many times that of the last hour is unusual …
    static let unusualTrafficFactor = 3
    /// … if it is more than this part of the budget.
    static let unusualTrafficPart = 0.1

    // MARK: Scores, as gossip acts on them (contract, section 5)

    static let noGossipScore = -5.0
    static let noPublishScore = -15.0
    static let ignoredScore = -30.0

    // MARK: Silence

    /// An instance that does not report is missed for so long, in hours. Then it is forgotten: one
    /// that is still down, and one that was renamed.
    static let missedHours = 6
    /// Without an accepted request for so long, an exporter is stuck. It has to be longer than the
    /// nodes' export interval (`OTEL_METRIC_EXPORT_INTERVAL`, 60 s): between two exports there is
    /// none.
    static let silence = Duration.seconds(300)

    /// Nodes that export, or are scraped, as often as this at least are told apart by all rules.
    /// Rates over 5 minutes need two samples in each.
    static let longestExportInterval = Duration.seconds(120)

    // MARK: Certificates

    static let certificateWarning = Duration.seconds(14 * 86_400)
    static let certificateCritical = Duration.seconds(2 * 86_400)
}
