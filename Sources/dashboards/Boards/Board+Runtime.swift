internal import Instruments
internal import RPPTelemetry

extension Board {
    /// The node's work: proofs, storage and RPC.
    static func runtime() throws(QueryProblem) -> Board {
        Board(
            name: "runtime", title: "RPP: Runtime",
            description: "Proofs that are generated and verified, flushes to disk, and RPC.",
            instances: Catalogue.blockHeight.definition,
            sections: [
                try proofGeneration(), try proofVerification(), try proofSizes(),
                try flushes("Write-ahead log", Catalogue.walFlush),
                try flushes("Header", Catalogue.headerFlush), try requests(),
            ])
    }

    private static let noProofs = "no proofs"

    private static func proofGeneration() throws(QueryProblem) -> Section {
        let duration = Catalogue.generationDuration.chosen
        return Section(
            "Proof generation",
            try .graph(
                "Proofs generated", "Per second.", noValue: noProofs,
                Target(
                    Catalogue.generationCount.chosen.rate().sum(by: "backend", "proof_kind"))),
            try .quantiles(
                "Generation time", "Of all proofs.", noValue: noProofs, duration),
            try .graph(
                "Generation time by backend and kind, p95", "Which proofs take long.",
                noValue: noProofs, Target(duration.quantile(0.95, by: "backend", "proof_kind"))),
            try .graph(
                "Size of generated proofs by backend and kind, p95", "Which proofs are large.",
                noValue: noProofs,
                Target(
                    Catalogue.generationSize.chosen.quantile(0.95, by: "backend", "proof_kind"))))
    }

    private static func proofVerification() throws(QueryProblem) -> Section {
        let duration = Catalogue.verificationDuration.chosen
        let outcomes = Catalogue.verificationOutcomes.chosen
        let stages = Catalogue.verificationStage.chosen
        return Section(
            "Proof verification",
            try .graph(
                "Verifications by outcome", "Per second.", noValue: noProofs,
                Target(outcomes.rate().sum(by: "proof_backend", "result"))),
            try .quantiles(
                "Verification time", "Of all proofs.", noValue: noProofs, duration),
            try .graph(
                "Verification time by backend and kind, p95", "Which proofs take long.",
                noValue: noProofs,
                Target(duration.quantile(0.95, by: "proof_backend", "proof_kind"))),
            try .graph(
                "Failing stages", "Stages of verifications that ended with fail, per second.",
                noValue: "no stage has failed",
                Target(
                    stages.with("result", "fail").rate().sum(by: "proof_backend", "stage"))),
            try .figure(
                "Verifications that failed",
                "Their share of all verifications in the time range shown.",
                width: 12, marks: Marks(.green, (.number(0.01), .orange), (.number(0.05), .red)),
                noValue: "none has failed",
                Target(
                    outcomes.with("result", "fail").increase(.shown).sum().ratio(
                        to: outcomes.increase(.shown).sum()))),
            try .figure(
                "Verifications that were bypassed",
                "Proofs accepted without verification, in the time range shown.",
                width: 12, marks: .nothing, noValue: "none was bypassed",
                Target(outcomes.with("result", "bypassed").increase(.shown).sum())))
    }

    private static func proofSizes() throws(QueryProblem) -> Section {
        Section(
            "Sizes of verified proofs",
            try .graph(
                "Parts of a proof, p95", "Where the bytes of a proof are.", noValue: noProofs,
                Target(Catalogue.verificationTotalBytes.chosen.quantile(0.95), "total"),
                Target(Catalogue.verificationParamsBytes.chosen.quantile(0.95), "parameters"),
                Target(
                    Catalogue.verificationPublicInputsBytes.chosen.quantile(0.95),
                    "public inputs"),
                Target(Catalogue.verificationPayloadBytes.chosen.quantile(0.95), "payload")),
            try .graph(
                "Size by backend and kind, p95", "Which proofs are large.", noValue: noProofs,
                Target(
                    Catalogue.verificationTotalBytes.chosen.quantile(
                        0.95, by: "proof_backend", "proof_kind"))))
    }

    private static func flushes(
        _ title: String, _ flush: Catalogue.Flush
    ) throws(QueryProblem) -> Section {
        Section(
            title,
            try .graph(
                "\(title): flushes by outcome",
                "Attempts per second. A failed one raises an alert.",
                Target(flush.total.chosen.rate().sum(by: "outcome"))),
            try .quantiles(
                "\(title): flush time", "Of all attempts.", noValue: "no flush",
                flush.duration.chosen),
            try .graph(
                "\(title): bytes written", "Per second, by outcome.", noValue: "no flush",
                Target(flush.bytes.chosen.throughput().sum(by: "outcome"))),
            try .quantiles(
                "\(title): size of a flush", "Of all attempts.", noValue: "no flush",
                flush.bytes.chosen))
    }

    private static func requests() throws(QueryProblem) -> Section {
        let requests = Catalogue.requestTotal.chosen
        let latency = Catalogue.requestLatency.chosen
        return Section(
            "RPC",
            try .graph(
                "Requests by method", "Requests answered per second.", noValue: "no requests",
                Target(requests.rate().sum(by: "method"))),
            try .graph(
                "Requests that failed", "Per second, by method and by whose fault it was.",
                noValue: "none has failed",
                Target(
                    requests.without("result", "success").rate().sum(by: "method", "result"))),
            try .graph(
                "Part of the requests that failed here",
                "The share of a method's requests with the result server_error.",
                noValue: "no requests",
                Target(
                    requests.with("result", "server_error").rate().sum(by: "method").ratio(
                        to: requests.rate().sum(by: "method")))),
            try .quantiles(
                "Latency", "Of all requests.", noValue: "no requests", latency),
            try .graph(
                "Latency by method, p95", "Which requests take long.", width: 24,
                noValue: "no requests", Target(latency.quantile(0.95, by: "method"))))
    }
}
