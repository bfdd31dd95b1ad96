internal import RPPTelemetry

extension Alert {
    static func network() throws(QueryProblem) -> [Alert] {
        [try peerScoreLow(), try trafficOverBudget(), try trafficUnusual()]
    }

    private static func peerScoreLow() throws(QueryProblem) -> Alert {
        Alert(
            "RPPPeerScoreLow", .warning, forMinutes: 5,
            "{{ $labels.instance }} publishes nothing to a peer",
            "The score of peer {{ $labels.peer }} is {{ $value | humanize }}. Below "
                + "\(Int(Limits.noPublishScore)) nothing is published to it, below "
                + "\(Int(Limits.ignoredScore)) it is ignored.",
            try Catalogue.peerScore.everywhere.level().minimum(by: "peer").below(
                .number(Limits.noPublishScore)))
    }

    private static func trafficOverBudget() throws(QueryProblem) -> Alert {
        Alert(
            "RPPTrafficOverBudget", .warning, forMinutes: 10,
            "{{ $labels.instance }} exceeds its traffic budget: {{ $labels.direction }}",
            "Gossip takes {{ $value | humanize }}B/s. The budget is the recorded "
                + "rpp:traffic_budget:bytes_per_second.",
            try Recording.traffic().recorded.above(times: Recording.trafficBudget.recorded))
    }

    private static func trafficUnusual() throws(QueryProblem) -> Alert {
        let traffic = try Recording.traffic().recorded
        let usual = try Recording.usualTraffic().recorded
        let factor = Limits.unusualTrafficFactor
        return Alert(
            "RPPTrafficUnusual", .warning, forMinutes: 5,
            "Unusual traffic at {{ $labels.instance }}: {{ $labels.direction }}",
            "Gossip takes {{ $value | humanize }}B/s, more than \(factor) times the average of the "
                + "last hour.",
            try traffic.above(Double(factor), times: usual).and(
                traffic.above(
                    Limits.unusualTrafficPart, times: Recording.trafficBudget.recorded)))
    }
}
