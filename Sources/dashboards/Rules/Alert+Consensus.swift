internal import RPPTelemetry

extension Alert {
    static func consensus() throws(QueryProblem) -> [Alert] {
        [try consensusStalled(), try quorumSlow(), try votesFailing(), try slashing()]
    }

    /// Compares the height with an earlier one instead of counting its changes, because a window
    /// that has only one of two distant samples would see no change. After a gap, in which the node
    /// may have been off, the alert waits until there is an earlier height again. A node that
    /// exports often enough has a sample in each of the windows.
    private static func consensusStalled() throws(QueryProblem) -> Alert {
        let height = Catalogue.blockHeight.everywhere
        let minutes = Limits.stallMinutes
        let window = Window.minutes(3)
        let earlier = try height.offset(.minutes(minutes))
        return Alert(
            "RPPConsensusStalled", .critical, forMinutes: 2,
            "{{ $labels.instance }} seals no blocks",
            "The node reports, but its block height has not changed for \(minutes) minutes.",
            try height.level().equal(to: earlier.level()).maximum().and(
                height.offset(window).presence(window)
            ).and(earlier.presence(window)))
    }

    private static func quorumSlow() throws(QueryProblem) -> Alert {
        Alert(
            "RPPQuorumSlow", .warning, forMinutes: 5,
            "Quorums of {{ $labels.instance }} are slow",
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
            "{{ $value | humanize }} punishable offences \(eventSpan).",
            try events(of: Catalogue.slashingEvents.everywhere, by: "reason"))
    }
}
