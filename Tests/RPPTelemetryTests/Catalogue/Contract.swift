/// The tables of the contract, written out by hand: what a node's telemetry is held to.
enum Contract {
    struct Instrument: Equatable, CustomStringConvertible {
        let name: String
        /// counter, histogram or gauge.
        let kind: String
        /// int or double.
        let number: String
        let unit: String
        /// The values that each key may have; nil: an open set.
        let keys: [String: [String]?]

        init(
            _ name: String, _ kind: String, _ number: String, _ unit: String,
            _ keys: [String: [String]?] = [:]
        ) {
            self.name = name
            self.kind = kind
            self.number = number
            self.unit = unit
            self.keys = keys
        }

        var description: String { "\(name) \(kind) \(number) \(unit) \(keys)" }
    }

    private static let kinds = [
        "identity", "transaction", "uptime", "consensus", "state", "pruning", "recursive",
    ]
    private static let generation: [String: [String]?] = [
        "backend": ["stwo", "plonky3", "mock"], "proof_kind": kinds,
    ]
    private static let verification: [String: [String]?] = [
        "proof_backend": ["rpp-stark", "stwo", "plonky3"], "proof_kind": kinds,
    ]
    private static let flush: [String: [String]?] = ["outcome": ["success", "retried", "failed"]]
    private static let request: [String: [String]?] = [
        "method": [
            "get_balance", "get_history", "submit_transaction", "build_proof", "status",
            "block_proof", "validator_proof", "wallet_proof", "other",
        ],
        "result": ["success", "client_error", "server_error"],
    ]
    static let topics = [
        "blocks", "votes", "proofs", "vrf_proofs", "snapshots", "meta", "vrf_meta",
        "witness_proofs", "witness_meta",
    ]

    private static func with(
        _ keys: [String: [String]?], _ more: [String: [String]?]
    ) -> [String: [String]?] {
        keys.merging(more) { first, _ in first }
    }

    /// The meter `rpp.runtime`.
    static let runtime: [Instrument] =
        [
            Instrument(
                "rpp.runtime.proof.generation.duration", "histogram", "double", "ms", generation),
            Instrument("rpp.runtime.proof.generation.size", "histogram", "int", "By", generation),
            Instrument("rpp.runtime.proof.generation.count", "counter", "int", "1", generation),
            Instrument(
                "rpp.runtime.proof.verification.duration", "histogram", "double", "ms",
                verification),
        ]
        + ["total_bytes", "params_bytes", "public_inputs_bytes", "payload_bytes"].map {
            Instrument(
                "rpp.runtime.proof.verification.\($0)", "histogram", "int", "By", verification)
        }
        + [
            Instrument(
                "rpp.runtime.proof.verification.stage", "counter", "int", "1",
                with(
                    verification,
                    [
                        "stage": [
                            "parse", "params", "public", "merkle", "fri", "composition", "adapter",
                        ],
                        "result": ["ok", "fail"],
                    ])),
            Instrument(
                "rpp.runtime.proof.verification.outcomes", "counter", "int", "1",
                with(verification, ["result": ["ok", "fail", "bypassed"]])),
        ]
        + ["header_flush", "wal_flush"].flatMap { family in
            [
                Instrument(
                    "rpp.runtime.storage.\(family).duration", "histogram", "double", "ms", flush),
                Instrument("rpp.runtime.storage.\(family).bytes", "histogram", "int", "By", flush),
                Instrument("rpp.runtime.storage.\(family).total", "counter", "int", "1", flush),
            ]
        }
        + [
            Instrument("rpp.runtime.rpc.request.latency", "histogram", "double", "ms", request),
            Instrument("rpp.runtime.rpc.request.total", "counter", "int", "1", request),
            Instrument(
                "rpp.runtime.consensus.block_duration", "histogram", "double", "ms",
                ["stage": ["proposal", "execution", "validation", "commitment"]]),
            Instrument(
                "rpp.runtime.consensus.round.duration", "histogram", "double", "ms",
                ["outcome": ["sealed", "timed_out", "failed"]]),
            Instrument(
                "rpp.runtime.consensus.round.quorum_latency", "histogram", "double", "ms"),
            Instrument("rpp.runtime.consensus.round.leader_changes", "counter", "int", "1"),
            Instrument(
                "rpp.runtime.consensus.witness.events", "counter", "int", "1",
                ["topic": ["blocks", "votes"]]),
            Instrument(
                "rpp.runtime.consensus.slashing.events", "counter", "int", "1",
                ["reason": ["invalid_identity", "invalid_vote", "consensus_fault"]]),
            Instrument(
                "rpp.runtime.consensus.failed_votes", "counter", "int", "1",
                [
                    "reason": [
                        "local_prevote", "local_precommit", "external_vote", "invalid_gossip",
                    ]
                ]),
            Instrument("rpp.runtime.chain.block_height", "gauge", "int", "{block}"),
            Instrument("rpp.runtime.network.peer_count", "gauge", "int", "{peer}"),
            Instrument("rpp.runtime.mempool.transactions", "gauge", "int", "{transaction}"),
            Instrument("rpp.runtime.reputation.score", "gauge", "double", "{score}"),
        ]

    /// The meter `rpp.network`.
    static let network: [Instrument] = [
        Instrument(
            "rpp.gossip.bytes", "counter", "int", "By",
            ["topic": topics, "direction": ["inbound", "outbound"]]),
        Instrument("rpp.gossip.mesh_peers", "gauge", "int", "{peer}", ["topic": topics]),
        Instrument("rpp.gossip.peer_score", "gauge", "double", "{score}", ["peer": nil]),
    ]

    /// What counts from zero, and how many series that are.
    static let zeroSeries: [String: Int] = [
        "rpp.runtime.consensus.round.leader_changes": 1, "rpp.runtime.consensus.witness.events": 2,
        "rpp.runtime.consensus.slashing.events": 3, "rpp.runtime.consensus.failed_votes": 4,
        "rpp.runtime.storage.header_flush.total": 3, "rpp.runtime.storage.wal_flush.total": 3,
        "rpp.gossip.bytes": 18, "rpp.runtime.rpc.request.total": 9,
    ]
}
