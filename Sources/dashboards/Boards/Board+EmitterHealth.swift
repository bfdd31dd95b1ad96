internal import OTelEmitter
internal import RPPTelemetry

extension Board {
    /// Whether the other dashboards can be trusted.
    static func emitterHealth() throws(QueryProblem) -> Board {
        Board(
            name: "emitter-health", title: "RPP: Emitter health",
            description: "What the emitter measures of itself: what it delivers, keeps on disk "
                + "and loses.",
            instances: OwnMetric.lastSuccessAge,
            sections: [
                try deliverySummary(), try delivery(), try disk(), try attention(),
            ])
    }

    private static let noSpool = "no spool"

    private static func deliverySummary() throws(QueryProblem) -> Section {
        let exported = OwnMetric.exported.chosen
        let values = try OwnMetric.lost.chosen.without("reason", LossReason.superseded.rawValue)
        return Section(
            "Summary",
            try .figure(
                "Last success", "Time since a request was last accepted.", width: 6,
                marks: Marks(
                    .green, (.duration(.seconds(120)), .orange),
                    (.duration(Limits.silence), .red)),
                Target(OwnMetric.lastSuccessAge.chosen.level().maximum())),
            try .figure(
                "In flight", "Data points handed over whose outcome is still open.", width: 6,
                Target(OwnMetric.inflight.chosen.level().sum())),
            try .figure(
                "Delivered",
                "The share of data points that a collector accepted, of those whose export ended "
                    + "in the time range shown.",
                width: 6, marks: Marks(.red, (.number(0.99), .orange), (.number(1), .green)),
                Target(
                    exported.with("error.type", "").increase(.shown).sum().part(
                        of: exported.increase(.shown).sum()))),
            try .figure(
                "Values lost",
                "Data points declared lost in the time range shown, without those that a newer "
                    + "point replaced.",
                width: 6, marks: .nothing, Target(values.increase(.shown).sum())))
    }

    private static func delivery() throws(QueryProblem) -> Section {
        let exported = OwnMetric.exported.chosen
        return Section(
            "Delivery",
            try .graph(
                "Data points delivered", "Per second.",
                Target(exported.with("error.type", "").rate().sum())),
            try .graph(
                "Data points not delivered", "Per second, by the error that ended their export.",
                noValue: "none has failed",
                Target(exported.without("error.type", "").rate().sum(by: "error.type"))),
            try .graph(
                "Data points lost by reason",
                "Per second. superseded: a newer point of the series replaced it, so that "
                    + "resolution is lost, but no value.",
                Target(OwnMetric.lost.chosen.rate().sum(by: "reason"))),
            try .graph(
                "In flight",
                "Data points that wait for a collector. The number falls when one responds.",
                Target(OwnMetric.inflight.chosen.level().sum())),
            try .graph(
                "Export time, mean",
                "From a request's first attempt to its end, back-off included.",
                Target(
                    OwnMetric.operationDuration.chosen.average(
                        by: "error.type", "http.response.status_code"))),
            try .graph(
                "Exports", "Requests that ended, per second, by result.",
                Target(
                    OwnMetric.operationDuration.chosen.recordings().sum(
                        by: "error.type", "http.response.status_code"))),
            try .graph(
                "Collection time, mean", "How long it takes to read all instruments.",
                Target(OwnMetric.collectionDuration.chosen.average())),
            try .graph(
                "Last success",
                "Time since a request was last accepted. The alert OTelExporterStuck watches it.",
                marks: Marks(.green, (.duration(Limits.silence), .red), areLines: true),
                Target(OwnMetric.lastSuccessAge.chosen.level().maximum())))
    }

    private static func disk() throws(QueryProblem) -> Section {
        let lost = try OwnMetric.lost.chosen.with(
            "reason", LossReason.spoolLimit.rawValue, LossReason.expired.rawValue,
            LossReason.corrupt.rawValue)
        return Section(
            "Spool",
            try .graph(
                "To disk and back",
                "Data points per second. What goes to disk is sent from there after the outage.",
                noValue: noSpool, Target(OwnMetric.spooled.chosen.rate().sum(), "spooled"),
                Target(OwnMetric.replayed.chosen.rate().sum(), "replayed")),
            try .graph(
                "Lost from disk", "Data points per second, by reason.", noValue: noSpool,
                Target(lost.rate().sum(by: "reason"))))
    }

    private static func attention() throws(QueryProblem) -> Section {
        let refused = try OwnMetric.refusedAttributeSets.chosen.level().maximum(
            by: "otelemitter.scope", "otelemitter.instrument", "otelemitter.attribute.key")
        return Section(
            "Certificates, attribute sets, the telemetry worker",
            try .figure(
                "Certificates expire in", "Time until a certificate in use expires.", width: 6,
                marks: Marks(
                    .red, (.duration(Limits.certificateCritical), .orange),
                    (.duration(Limits.certificateWarning), .green)),
                noValue: "no TLS",
                Target(
                    OwnMetric.certificateExpiry.chosen.level().minimum(
                        by: "otelemitter.certificate"))),
            try .graph(
                "Snapshots superseded",
                "Snapshots of the telemetry worker, per second, that a newer one replaced before "
                    + "they were delivered.",
                width: 6, noValue: "no telemetry worker",
                Target(Catalogue.supersededSnapshots.chosen.rate().sum())),
            try .table(
                "Refused attribute sets",
                "Instruments that exceed their limit, and the key that has too many values.",
                marks: .nothing, noValue: "every instrument is within its limit", value: "Refused",
                columns: [
                    "instance": "Instance", "otelemitter_scope": "Scope",
                    "otelemitter_instrument": "Instrument",
                    "otelemitter_attribute_key": "Attribute",
                ], refused))
    }
}
