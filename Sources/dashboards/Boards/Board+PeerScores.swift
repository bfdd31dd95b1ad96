internal import Instruments
internal import RPPTelemetry

extension Board {
    /// How far the node trusts its peers.
    static func peerScoreDrilldown() throws(QueryProblem) -> Board {
        Board(
            name: "peer-score-drilldown", title: "RPP: Peer Score Drilldown",
            description: "Scores of the peers against the marks: below -5 a peer gets no gossip, "
                + "below -15 nothing is published to it, below -30 it is ignored.",
            instances: Catalogue.blockHeight.definition,
            sections: [try scoreSummary(), try peersByScore(), try outliers(), try standing()])
    }

    /// The colours between the scores at which gossip restricts a peer.
    private static func marks(areLines: Bool = false) -> Marks {
        Marks(
            .darkRed, (.number(Limits.ignoredScore), .red),
            (.number(Limits.noPublishScore), .orange),
            (.number(Limits.noGossipScore), .green), areLines: areLines)
    }

    private static func scoreSummary() throws(QueryProblem) -> Section {
        let scores = try Catalogue.peerScore.chosen.level()
        return Section(
            "Summary",
            try .figure(
                "Peers with a score", "Peers whose score is known, up to the limit of 256.",
                noValue: noNetwork, Target(scores.count())),
            try .figure(
                "Lowest score", "The score of the peer with the lowest one.", marks: marks(),
                noValue: noNetwork,
                Target(scores.minimum())),
            try .figure(
                "Mean score", "Of all peers with a score.", marks: marks(), noValue: noNetwork,
                Target(scores.mean())),
            try .figure(
                "No gossip", "Peers below -5.", marks: Marks(.green, (.number(1), .orange)),
                noValue: noNetwork, Target(scores.countBelow(.number(Limits.noGossipScore)))),
            try .figure(
                "No publish", "Peers below -15.", marks: .nothing, noValue: noNetwork,
                Target(scores.countBelow(.number(Limits.noPublishScore)))),
            try .figure(
                "Ignored", "Peers below -30.", marks: .nothing, noValue: noNetwork,
                Target(scores.countBelow(.number(Limits.ignoredScore)))))
    }

    private static func peersByScore() throws(QueryProblem) -> Section {
        let scores = try Catalogue.peerScore.chosen.level().minimum(by: "peer")
        return Section(
            "Peers",
            try .table(
                "Peers, the lowest score first", "The score of each peer now.",
                marks: marks(), noValue: noNetwork, value: "Score",
                columns: ["instance": "Instance", "peer": "Peer"], scores.sorted()),
            try .graph(
                "The lowest scores over time",
                "The 15 lowest at each instant. The lines are the marks -5, -15 and -30.",
                marks: marks(areLines: true), noValue: noNetwork, Target(scores.lowest(15))),
            try .graph(
                "Peers below each mark", "How many peers are restricted, and how severely.",
                width: 24,
                noValue: noNetwork,
                Target(scores.countBelow(.number(Limits.noGossipScore)), "no gossip"),
                Target(scores.countBelow(.number(Limits.noPublishScore)), "no publish"),
                Target(scores.countBelow(.number(Limits.ignoredScore)), "ignored")))
    }

    private static func outliers() throws(QueryProblem) -> Section {
        let scores = try Catalogue.peerScore.chosen.level().minimum(by: "peer")
        return Section(
            "Outliers",
            try .table(
                "Restricted peers",
                "Peers below the first mark: no gossip below -5, no publish below -15, ignored "
                    + "below -30.",
                marks: marks(), noValue: "no peer is restricted", value: "Score",
                columns: ["instance": "Instance", "peer": "Peer"],
                scores.below(.number(Limits.noGossipScore)).sorted()),
            try .graph(
                "Lowest score, mean and median",
                "If the lowest score is far below the median, one peer misbehaves. If the median "
                    + "falls, the node or the network is in trouble.",
                marks: marks(areLines: true), noValue: noNetwork,
                Target(scores.minimum(), "lowest"), Target(scores.mean(), "mean"),
                Target(scores.median(), "median")))
    }

    private static func standing() throws(QueryProblem) -> Section {
        let mesh = Catalogue.meshPeers.chosen
        // A topic that the node does not use has 0 peers, which is not an error.
        let meshes = try mesh.level().and(mesh.highest(.shown).above(.number(0)))
        return Section(
            "The node's own standing",
            try .graph(
                "Reputation", "The node's own reputation in the network.",
                Target(Catalogue.reputationScore.chosen.level())),
            try .graph(
                "Peers and mesh peers",
                "Peers that are connected, and peers in the smallest mesh of a topic. Topics count "
                    + "if they had a mesh within a time as long as the range shown.",
                Target(Catalogue.peerCount.chosen.level(), "peers"),
                Target(meshes.minimum(), "smallest mesh")))
    }
}
