internal import Instruments
internal import RPPTelemetry

extension Board {
    /// The traffic of gossip: totals, rates, topics, the budget, and anomalies.
    static func bandwidthOverview() throws(QueryProblem) -> Board {
        Board(
            name: "bandwidth-overview", title: "RPP: Bandwidth Overview",
            description: "Gossip traffic of RPP nodes: totals, rates by topic, use of the budget, "
                + "and what differs from the last hour.",
            instances: Catalogue.blockHeight.definition,
            sections: [
                try trafficNow(), try trafficByTopic(), try trafficBudget(), try meshes(),
            ])
    }

    /// Shown for a node without a network stack. It reports no traffic, which is not an error.
    static let noNetwork = "no network stack"

    private static func trafficNow() throws(QueryProblem) -> Section {
        let inbound = try Catalogue.gossipBytes.chosen.with("direction", "inbound")
        let outbound = try Catalogue.gossipBytes.chosen.with("direction", "outbound")
        return Section(
            "Traffic",
            try .figure(
                "Inbound, total", "Bytes received since the node started.", noValue: noNetwork,
                Target(inbound.total().sum())),
            try .figure(
                "Outbound, total", "Bytes sent since the node started.", noValue: noNetwork,
                Target(outbound.total().sum())),
            try .figure(
                "Inbound", "Bytes received per second.", noValue: noNetwork,
                Target(inbound.rate().sum())),
            try .figure(
                "Outbound", "Bytes sent per second.", noValue: noNetwork,
                Target(outbound.rate().sum())),
            try .figure(
                "Shown", "Bytes received and sent in the time range shown.", noValue: noNetwork,
                Target(Catalogue.gossipBytes.chosen.increase(.shown).sum())),
            try .figure(
                "Peers", "Peers that are connected. A node without a network stack has 0.",
                Target(Catalogue.peerCount.chosen.level())),
            try .graph(
                "Rate by direction", "Bytes per second, of all topics.", width: 24,
                noValue: noNetwork,
                Target(Catalogue.gossipBytes.chosen.rate().sum(by: "direction"))))
    }

    private static func trafficByTopic() throws(QueryProblem) -> Section {
        let inbound = try Catalogue.gossipBytes.chosen.with("direction", "inbound")
        let outbound = try Catalogue.gossipBytes.chosen.with("direction", "outbound")
        return Section(
            "Topics",
            try .graph(
                "Inbound by topic", "Bytes received per second.", noValue: noNetwork,
                Target(inbound.rate().sum(by: "topic"))),
            try .graph(
                "Outbound by topic", "Bytes sent per second.", noValue: noNetwork,
                Target(outbound.rate().sum(by: "topic"))),
            try .bars(
                "Bytes by topic in this range", "Which topics the traffic belongs to.",
                width: 24, noValue: noNetwork,
                Target(Catalogue.gossipBytes.chosen.increase(.shown).sum(by: "topic"))))
    }

    private static func trafficBudget() throws(QueryProblem) -> Section {
        let rate = try Catalogue.gossipBytes.chosen.rate().sum(by: "direction")
        let now = try Catalogue.gossipBytes.chosen.rate(.minutes(5)).sum(by: "direction")
        let budget = try Recording.budgetOrDefault()
        return Section(
            "Budget and anomalies",
            try .bars(
                "Use of the budget",
                "Traffic as a share of the budget, for each direction. The budget is the recorded "
                    + "rpp:traffic_budget:bytes_per_second, or its default if there are no rules.",
                width: 8,
                marks: Marks(.green, (.number(0.8), .orange), (.number(1), .red)),
                noValue: noNetwork, Target(rate.ratio(to: budget))),
            try .graph(
                "Use of the budget over time", "Beyond 100%, the alert RPPTrafficOverBudget fires.",
                width: 8,
                marks: Marks(.green, (.number(1), .red), areLines: true),
                noValue: noNetwork, Target(rate.ratio(to: budget))),
            try .graph(
                "Traffic beside the last hour's average",
                "1 is the usual traffic. If it stays beyond \(Limits.unusualTrafficFactor) for a "
                    + "while, and is not small, the alert RPPTrafficUnusual fires.",
                width: 8,
                marks: Marks(
                    .green, (.number(Double(Limits.unusualTrafficFactor)), .red), areLines: true),
                noValue: noNetwork, Target(now.ratio(to: now.averaged(over: .minutes(60))))))
    }

    private static func meshes() throws(QueryProblem) -> Section {
        Section(
            "Mesh",
            try .graph(
                "Mesh peers by topic",
                "Peers that get the messages of a topic directly. A topic at 0 reaches nobody, or "
                    + "the node does not use it.",
                noValue: noNetwork, Target(Catalogue.meshPeers.chosen.level())),
            try .graph(
                "Peers", "Peers that are connected.",
                Target(Catalogue.peerCount.chosen.level())))
    }
}
