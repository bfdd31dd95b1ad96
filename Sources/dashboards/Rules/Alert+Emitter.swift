internal import OTelEmitter
internal import RPPTelemetry

extension Alert {
    static func silence() throws(QueryProblem) -> [Alert] {
        [try nodeSilent(), noNode(), try exporterStuck()]
    }

    static func loss() throws(QueryProblem) -> [Alert] {
        [try pointsLost(), try spoolFilling(), try spoolLosing(), try attributeSetsRefused()]
    }

    // MARK: Nothing comes

    private static func nodeSilent() throws(QueryProblem) -> Alert {
        let height = Catalogue.blockHeight.everywhere
        let hours = Limits.missedHours
        return Alert(
            "RPPNodeSilent", .critical, forMinutes: 2,
            "{{ $labels.instance }} no longer reports",
            "The node has reported within the last \(hours) hours, but does not report now: it is "
                + "down, or its metrics don't get through. The alert ends \(hours) hours after the "
                + "last report, even if the node is still down. A node without RPP_INSTANCE_ID has "
                + "a new name after each start; then this concerns the old name and can be "
                + "silenced.",
            try height.presence(.minutes(hours * 60)).unless(height.level().maximum()))
    }

    private static func noNode() -> Alert {
        Alert(
            "RPPNoNode", .critical, forMinutes: 10, "No RPP node reports at all",
            "There is no series of any node: the metrics don't get through, or all nodes are "
                + "down.",
            Catalogue.blockHeight.everywhere.absence())
    }

    private static func exporterStuck() throws(QueryProblem) -> Alert {
        Alert(
            "OTelExporterStuck", .warning, forMinutes: 2,
            "{{ $labels.instance }} can't deliver its metrics",
            "The endpoint or the failover endpoint last accepted a request "
                + "{{ $value | humanizeDuration }} ago. This alert works only where the metrics "
                + "are scraped as well.",
            try OwnMetric.lastSuccessAge.everywhere.level().maximum().above(
                .duration(Limits.silence)))
    }

    // MARK: Something is missing

    private static let spoolReasons: (String, String, String) = (
        LossReason.expired.rawValue, LossReason.spoolLimit.rawValue, LossReason.corrupt.rawValue
    )

    private static func pointsLost() throws(QueryProblem) -> Alert {
        let lost = try OwnMetric.lost.everywhere.without(
            "reason", LossReason.superseded.rawValue, spoolReasons.0, spoolReasons.1,
            spoolReasons.2)
        return Alert(
            "OTelPointsLost", .warning, forMinutes: 0,
            "{{ $labels.instance }} loses data points: {{ $labels.reason }}",
            "{{ $value | humanize }} data points were declared lost \(eventSpan).",
            try events(of: lost, by: "reason"))
    }

    private static func spoolFilling() throws(QueryProblem) -> Alert {
        let spooled = try OwnMetric.spooled.everywhere.increase(.minutes(15)).sum()
        let replayed = try OwnMetric.replayed.everywhere.increase(.minutes(15)).sum()
        return Alert(
            "OTelSpoolFilling", .warning, forMinutes: 5,
            "The spool of {{ $labels.instance }} fills up",
            "{{ $value | humanize }} data points have gone to disk in 15 minutes, and none has "
                + "been delivered from there.",
            try spooled.above(.number(0)).and(replayed.equal(to: .number(0))))
    }

    private static func spoolLosing() throws(QueryProblem) -> Alert {
        let lost = try OwnMetric.lost.everywhere.with(
            "reason", spoolReasons.0, spoolReasons.1, spoolReasons.2)
        return Alert(
            "OTelSpoolLosing", .critical, forMinutes: 0,
            "The spool of {{ $labels.instance }} loses data points: {{ $labels.reason }}",
            "{{ $value | humanize }} data points on disk were given up \(eventSpan).",
            try events(of: lost, by: "reason"))
    }

    private static func attributeSetsRefused() throws(QueryProblem) -> Alert {
        let refused = try OwnMetric.refusedAttributeSets.everywhere.level().maximum(
            by: "otelemitter.scope", "otelemitter.instrument", "otelemitter.attribute.key")
        return Alert(
            "OTelAttributeSetsRefused", .warning, forMinutes: 5,
            "{{ $labels.otelemitter_instrument }} of {{ $labels.instance }} exceeds its limit",
            "About {{ $value | humanize }} attribute sets share the overflow point. The key with "
                + "the most values is {{ $labels.otelemitter_attribute_key }}.",
            try refused.above(.number(0)))
    }
}
