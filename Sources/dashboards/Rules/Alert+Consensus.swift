internal import RPPTelemetry

extension Alert {
    static func consensus() throws(QueryProblem) -> [Alert] {
        [try consensusStalled(), try quorumSlow(), try votesFailing(), try slashing()]
    }

    private static func consensusStalled() throws(QueryProblem) -> Alert {
        let height = Catalogue.blockHeight.everywhere
        let minutes = Limits.stallMinutes
        return Alert(
            "RPPConsensusStalled", .critical, forMinutes: 2,
            "{{ $labels.instance }} seals no blocks",
            "The node reports, but its block height has not changed for \(minutes) minutes.",
            try height.changes(.minutes(minutes)).maximum().equal(to: .number(0)).and(
                height.level().maximum()
            ).and(height.offset(.minutes(minutes)).level().maximum()))
    }

    private static func quorumSlow() throws(QueryProblem) -> Alert {
        Alert(
            "RPPQuorumSlow", .warning, forMinutes: 5,
            "Quorums of {{ $labels.instance }} take long",
            "95% of the rounds reach their quorum within {{ printf \"%.0f\" $value }} ms; the limit "
                + "is \(try Amount.duration(Limits.quorumLatency).text(in: .milliseconds)) ms.",
            try Recording.quorumLatency().recorded.above(.duration(Limits.quorumLatency)))
    }

    private static func votesFailing() throws(QueryProblem) -> Alert {
        let votes = try Catalogue.failedVotes.everywhere.increase(.minutes(10)).sum(by: "reason")
        return Alert(
            "RPPVotesFailing", .warning, forMinutes: 0,
            "Votes fail at {{ $labels.instance }}: {{ $labels.reason }}",
            "{{ $value | humanize }} votes have failed in 10 minutes; the limit is "
                + "\(Int(Limits.failedVotes)).",
            try votes.above(.number(Limits.failedVotes)))
    }

    private static func slashing() throws(QueryProblem) -> Alert {
        Alert(
            "RPPSlashing", .critical, forMinutes: 0,
            "{{ $labels.instance }} has seen an offence: {{ $labels.reason }}",
            "{{ $value | humanize }} offences that are punished, in 5 minutes or before the first "
                + "report.",
            try Catalogue.slashingEvents.everywhere.events(.minutes(5), by: "reason"))
    }
}
