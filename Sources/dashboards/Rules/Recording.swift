internal import RPPTelemetry

/// A query whose result is recorded as a series of its own, named `level:metric:operation`.
struct Recording {
    let name: String
    /// The purpose of the series.
    let comment: String
    let query: Query

    /// The series that it records.
    var recorded: Query {
        Query(text: name, labels: query.labels, identity: query.identity, query.quantity)
    }

    // MARK: All of them

    static func groups() throws(QueryProblem) -> [RuleGroup] {
        [
            RuleGroup(name: "rpp-limits", rules: [.recording(trafficBudget)]),
            RuleGroup(
                name: "rpp-recordings",
                rules: [
                    .recording(try traffic()), .recording(try usualTraffic()),
                    .recording(try quorumLatency()),
                ]),
        ]
    }

    /// The traffic budget is a recording, so that dashboards and alerts take it from one place.
    static let trafficBudget = Recording(
        name: "rpp:traffic_budget:bytes_per_second",
        comment: "The traffic budget for each instance and direction, in bytes per second. "
            + "Change it here.",
        query: constant(Limits.trafficBudget))

    static func traffic() throws(QueryProblem) -> Recording {
        Recording(
            name: "instance_direction:rpp_gossip_bytes:rate5m",
            comment: "The gossip traffic of an instance.",
            query: try Catalogue.gossipBytes.everywhere.rate(.minutes(5)).sum(by: "direction"))
    }

    static func usualTraffic() throws(QueryProblem) -> Recording {
        Recording(
            name: "instance_direction:rpp_gossip_bytes:rate5m_avg1h",
            comment: "The average of that traffic over the last hour, to compare the present with.",
            query: try traffic().recorded.averaged(over: .minutes(60)))
    }

    static func quorumLatency() throws(QueryProblem) -> Recording {
        let metric = Catalogue.quorumLatency
        return Recording(
            name: "instance:\(metric.prometheusName):p95_rate5m",
            comment: "The time within which 95% of the rounds had their quorum, in milliseconds.",
            query: try metric.everywhere.quantile(0.95, .minutes(5)))
    }

    /// The budget for dashboards, which also work if no rules are loaded.
    static func budgetOrDefault() throws(QueryProblem) -> Query {
        Query(
            text: "\(trafficBudget.name) or on () \(trafficBudget.query.text)", labels: [],
            identity: [], .bytesPerSecond, isCompound: true)
    }

    private static func constant(_ bytesPerSecond: Int) -> Query {
        Query(
            text: "vector(\(bytesPerSecond))", labels: [], identity: [], .bytesPerSecond)
    }
}
