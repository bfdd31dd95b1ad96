/// The limits of the alerts, which the dashboards mark. Each is a default for a small network. To
/// change it, edit it here and generate the files again, or edit your copy of the rules.
enum Limits {
    // MARK: Consensus

    /// The time after which a chain that has not grown has stalled, in minutes.
    static let stallMinutes = 5
    /// The time within which 95% of the rounds should have their quorum.
    static let quorumLatency = Duration.seconds(2)
    /// The most failed votes in 10 minutes, for each reason.
    static let failedVotes = 10.0

    // MARK: Network

    /// The traffic budget for each instance and direction, 100 Mbit/s. It is recorded as
    /// `rpp:traffic_budget:bytes_per_second`, so that it can be changed in one place.
    static let trafficBudget = 12_500_000
    /// Traffic is unusual if it is this many times the average of the last hour …
    static let unusualTrafficFactor = 3
    /// … and more than this part of the budget.
    static let unusualTrafficPart = 0.1

    // MARK: Scores at which gossip restricts a peer (`Documentation/node-contract.md`, section 5)

    static let noGossipScore = -5.0
    static let noPublishScore = -15.0
    static let ignoredScore = -30.0

    // MARK: Silence

    /// How long the alert for an instance that does not report lasts, in hours. After that the
    /// instance is forgotten, whether it is still down or was renamed.
    static let missedHours = 6
    /// The time after which an exporter without an accepted request is stuck. It has to be longer
    /// than the nodes' export interval (`OTEL_METRIC_EXPORT_INTERVAL`, 60 s), because there are no
    /// requests between two exports.
    static let silence = Duration.seconds(300)

    /// The longest interval of exports or scrapes with which all rules work. Rates over 5 minutes
    /// need two samples in each window.
    static let longestExportInterval = Duration.seconds(120)

    // MARK: Certificates

    static let certificateWarning = Duration.seconds(14 * 86_400)
    static let certificateCritical = Duration.seconds(2 * 86_400)
}
