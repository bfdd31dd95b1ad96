internal import Instruments
internal import RPPTelemetry

/// The ledger as JSON, with its keys in a fixed order, so that equal ledgers have equal bytes.
extension Ledger {
    /// The document, which ends with one newline.
    var json: String {
        let topics = GossipTopic.allCases.map { topic in
            let traffic = gossip[topic.rawValue]
            return object(
                [("inbound_bytes", traffic.inbound), ("outbound_bytes", traffic.outbound)],
                named: topic.attributeValue)
        }
        let statuses = replies.sorted { $0.key < $1.key }.map { (String($0.key), $0.value) }
        let sections = [
            "\"gossip\":{" + topics.joined(separator: ",") + "}",
            object([("fsyncs", wal.fsyncs), ("bytes", wal.bytes)], named: "wal"),
            object([("fsyncs", header.fsyncs), ("bytes", header.bytes)], named: "header"),
            object(
                [
                    ("made", proofs.made), ("accepted", proofs.accepted),
                    ("rejected", proofs.rejected), ("checked_bytes", proofs.checkedBytes),
                    ("stages_passed", proofs.stagesPassed), ("stages_failed", proofs.stagesFailed),
                ], named: "proofs"),
            "\"rpc\":{" + object(statuses, named: "replies") + "}",
            object(
                [
                    ("started", rounds.started), ("sealed", rounds.sealed),
                    ("timed_out", rounds.timedOut), ("failed", rounds.failed),
                ], named: "rounds"),
            "\"consensus\":{\"leader_changes\":\(consensus.leaderChanges),"
                + [
                    object(consensus.blockStages, named: "block_stages", BlockStage.self),
                    object(consensus.witnessed, named: "witness", WitnessTopic.self),
                    object(consensus.slashed, named: "slashing", SlashingReason.self),
                    object(consensus.failedVotes, named: "failed_votes", VoteFailure.self),
                ].joined(separator: ",") + "}",
        ]
        return "{" + sections.joined(separator: ",") + "}\n"
    }

    private func object<Enum: AttributeEnum>(
        _ counts: [Int], named name: String, _: Enum.Type
    ) -> String {
        object(Enum.allCases.map { ($0.attributeValue, counts[$0.rawValue]) }, named: name)
    }

    /// Every name is a plain identifier or a number, so nothing needs escaping.
    private func object(_ members: [(String, Int)], named name: String) -> String {
        let body = members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
        return "\"\(name)\":{\(body)}"
    }
}
