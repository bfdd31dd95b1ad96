internal import RPPTelemetry

/// The ledger's JSON: keys in a fixed order, so that equal ledgers have equal bytes.
extension Ledger {
    /// The document with one newline at its end.
    var json: String {
        let topics = GossipTopic.allCases.map { topic in
            let traffic = gossip[topic.rawValue]
            return object(
                [("inbound_bytes", traffic.inbound), ("outbound_bytes", traffic.outbound)],
                named: topic.ledgerName)
        }
        let statuses = replies.sorted { $0.key < $1.key }.map { (String($0.key), $0.value) }
        let sections = [
            "\"gossip\":{" + topics.joined(separator: ",") + "}",
            object([("fsyncs", wal.fsyncs), ("bytes", wal.bytes)], named: "wal"),
            object([("fsyncs", header.fsyncs), ("bytes", header.bytes)], named: "header"),
            object(
                [
                    ("made", proofs.made), ("accepted", proofs.accepted),
                    ("rejected", proofs.rejected),
                ], named: "proofs"),
            "\"rpc\":{" + object(statuses, named: "replies") + "}",
            object(
                [
                    ("started", rounds.started), ("sealed", rounds.sealed),
                    ("timed_out", rounds.timedOut), ("failed", rounds.failed),
                ], named: "rounds"),
        ]
        return "{" + sections.joined(separator: ",") + "}\n"
    }

    /// Every name here is a plain identifier or a number: nothing needs escaping.
    private func object(_ members: [(String, Int)], named name: String) -> String {
        let body = members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        return "\"\(name)\":{\(body)}"
    }
}

extension GossipTopic {
    /// The topic's name in the contract.
    var ledgerName: String {
        switch self {
        case .blocks: "blocks"
        case .votes: "votes"
        case .proofs: "proofs"
        case .vrfProofs: "vrf_proofs"
        case .snapshots: "snapshots"
        case .meta: "meta"
        case .vrfMeta: "vrf_meta"
        case .witnessProofs: "witness_proofs"
        case .witnessMeta: "witness_meta"
        }
    }
}
