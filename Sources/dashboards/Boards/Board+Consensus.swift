internal import Instruments
internal import RPPTelemetry

extension Board {
    /// Whether the chain grows, and what holds it up.
    static func consensus() throws(QueryProblem) -> Board {
        Board(
            name: "consensus", title: "RPP: Consensus",
            description: "Rounds, quorums, blocks, leaders, witnesses, failed votes and slashing "
                + "of RPP nodes.",
            instances: Catalogue.blockHeight.definition,
            sections: [try chain(), try rounds(), try leadersAndWitnesses(), try misconduct()])
    }

    private static func chain() throws(QueryProblem) -> Section {
        let rounds = try Catalogue.roundDuration.chosen.recordings()
        let sealed = try Catalogue.roundDuration.chosen.with("outcome", "sealed").recordings()
        return Section(
            "Chain",
            try .figure(
                "Block height", "Height of the chain's head.",
                Target(Catalogue.blockHeight.chosen.level())),
            try .figure(
                "Blocks in 5 minutes",
                "How much the height has risen. If it stays at 0, the alert RPPConsensusStalled "
                    + "fires.",
                marks: Marks(.red, (.number(1), .green)),
                Target(Catalogue.blockHeight.chosen.rise(.minutes(5)))),
            try .figure(
                "Sealed rounds", "The share of rounds that sealed a block.",
                marks: Marks(.red, (.number(0.5), .orange), (.number(0.9), .green)),
                Target(sealed.sum().part(of: rounds.sum()))),
            try .figure(
                "Mempool", "Transactions that wait for a block.",
                Target(Catalogue.mempoolTransactions.chosen.level())),
            try .figure(
                "Peers", "Peers that are connected. A node without a network stack has 0.",
                Target(Catalogue.peerCount.chosen.level())),
            try .figure(
                "Reputation", "The node's own reputation.",
                Target(Catalogue.reputationScore.chosen.level())),
            try .graph(
                "Block height over time", "Instances of one chain rise together.",
                Target(Catalogue.blockHeight.chosen.level())),
            try .graph(
                "Mempool over time",
                "If the mempool only grows, blocks are too few or too small.",
                Target(Catalogue.mempoolTransactions.chosen.level())))
    }

    private static func rounds() throws(QueryProblem) -> Section {
        Section(
            "Rounds",
            try .graph(
                "Rounds by outcome", "Rounds that ended, per second.",
                Target(Catalogue.roundDuration.chosen.recordings().sum(by: "outcome"))),
            try .quantiles(
                "Round latency", "From a round's start to its end.",
                Catalogue.roundDuration.chosen),
            try .quantiles(
                "Quorum latency",
                "From a round's start to its quorum. The alert RPPQuorumSlow watches the p95.",
                marks: Marks(.green, (.duration(Limits.quorumLatency), .red), areLines: true),
                Catalogue.quorumLatency.chosen),
            try .graph(
                "Round latency by outcome, p95", "Which rounds take long.",
                Target(Catalogue.roundDuration.chosen.quantile(0.95, by: "outcome"))),
            try .graph(
                "Stages of a block, p95", "Where the time of a block goes.",
                Target(Catalogue.blockDuration.chosen.quantile(0.95, by: "stage"))),
            try .graph(
                "Stages of a block, mean", "The same without the outliers.",
                Target(Catalogue.blockDuration.chosen.average(by: "stage"))))
    }

    private static func leadersAndWitnesses() throws(QueryProblem) -> Section {
        Section(
            "Leaders and witnesses",
            try .graph(
                "Leader changes",
                "Rounds per second whose leader differs from the previous round's.",
                Target(Catalogue.leaderChanges.chosen.rate())),
            try .graph(
                "Witness events by topic", "Witnessed messages per second.",
                Target(Catalogue.witnessEvents.chosen.rate().sum(by: "topic"))))
    }

    private static func misconduct() throws(QueryProblem) -> Section {
        let slashing = Catalogue.slashingEvents.chosen
        let failed = Catalogue.failedVotes.chosen
        return Section(
            "Failed votes and slashing",
            try .figure(
                "Slashing in this range", "Punishable offences.", width: 6,
                marks: .nothing, Target(slashing.increase(.shown).sum())),
            try .figure(
                "Failed votes in this range",
                "Votes that were not cast or do not count.",
                width: 6, marks: Marks(.green, (.number(1), .orange)),
                Target(failed.increase(.shown).sum())),
            try .bars(
                "Slashing by reason in this range", "Punishable offences by reason.",
                marks: .nothing, Target(slashing.increase(.shown).sum(by: "reason"))),
            try .graph(
                "Slashing by reason", "Offences per second.",
                Target(slashing.rate().sum(by: "reason"))),
            try .graph(
                "Failed votes by reason",
                "Per second. The node's own votes: local_prevote, local_precommit. Votes of others: "
                    + "external_vote, invalid_gossip.",
                Target(failed.rate().sum(by: "reason"))))
    }
}
