import Instruments
import RPPTelemetry
import TestSupport

@testable import rpp_node

/// The figures of a node's ledger by name, each taken from one of the places that know it.
enum NodeFigures {
    /// What a ledger consists of. A new part needs figures below.
    static let parts = ["gossip", "wal", "header", "proofs", "replies", "rounds", "consensus"]

    /// The node's own tally.
    static func all(in ledger: Ledger) -> [String: Int] {
        var figures = [
            "wal flushes": ledger.wal.fsyncs, "wal bytes": ledger.wal.bytes,
            "header flushes": ledger.header.fsyncs, "header bytes": ledger.header.bytes,
            "proofs made": ledger.proofs.made, "proofs accepted": ledger.proofs.accepted,
            "proofs rejected": ledger.proofs.rejected,
            "bytes checked": ledger.proofs.checkedBytes,
            "stages passed": ledger.proofs.stagesPassed,
            "stages failed": ledger.proofs.stagesFailed,
            "leader changes": ledger.consensus.leaderChanges,
            "witness events": ledger.consensus.witnessed.reduce(0, +),
            "slashing events": ledger.consensus.slashed.reduce(0, +),
            "failed votes": ledger.consensus.failedVotes.reduce(0, +),
            "rounds started": ledger.rounds.started, "rounds sealed": ledger.rounds.sealed,
            "rounds timed out": ledger.rounds.timedOut, "rounds failed": ledger.rounds.failed,
            "inbound": ledger.gossip.reduce(0) { $0 + $1.inbound },
            "outbound": ledger.gossip.reduce(0) { $0 + $1.outbound },
        ]
        for topic in GossipTopic.allCases {
            figures["\(topic.attributeValue) inbound"] = ledger.gossip[topic.rawValue].inbound
            figures["\(topic.attributeValue) outbound"] = ledger.gossip[topic.rawValue].outbound
        }
        for (name, statuses) in [
            ("success", 200..<400), ("client_error", 400..<500), ("server_error", 500..<600),
        ] {
            let replies = ledger.replies.filter { statuses.contains($0.key) }
            figures["replies \(name)"] = replies.values.reduce(0, +)
        }
        figures["replies"] = ledger.replies.values.reduce(0, +)
        add(ledger.consensus.blockStages, BlockStage.self, "stage", to: &figures)
        add(ledger.consensus.witnessed, WitnessTopic.self, "witness", to: &figures)
        add(ledger.consensus.slashed, SlashingReason.self, "slashing", to: &figures)
        add(ledger.consensus.failedVotes, VoteFailure.self, "failed vote", to: &figures)
        return figures
    }

    private static func add<Enum: AttributeEnum>(
        _ counts: [Int], _: Enum.Type, _ what: String, to figures: inout [String: Int]
    ) {
        for value in Enum.allCases {
            figures["\(what) \(value.attributeValue)"] = counts[value.rawValue]
        }
    }

    /// The derived view, which has some of them.
    static func all(in snapshot: TelemetrySnapshot) -> [String: Int] {
        let verifiers = snapshot.verifierMetrics.values
        var figures = [
            "proofs accepted": Int(verifiers.reduce(0) { $0 + $1.accepted }),
            "proofs rejected": Int(verifiers.reduce(0) { $0 + $1.rejected }),
            "leader changes": Int(snapshot.leaderChanges),
            "witness events": Int(snapshot.witnessEvents),
            "slashing events": Int(snapshot.slashingEvents),
            "failed votes": Int(snapshot.failedVotes),
            "inbound": Int(snapshot.network.inboundBytes),
            "outbound": Int(snapshot.network.outboundBytes),
        ]
        // It keeps the last 32 rounds; a test's node runs fewer.
        figures["rounds started"] = snapshot.roundLatencies.count
        for topic in snapshot.network.topics {
            figures["\(topic.topic) inbound"] = Int(topic.inboundBytes)
            figures["\(topic.topic) outbound"] = Int(topic.outboundBytes)
        }
        return figures
    }

    /// The last point of every series, as the collector passed it on.
    static func all(in points: [OTLPPoint]) -> [String: Int] {
        var figures: [String: Int] = [:]
        for file in ["wal", "header"] {
            // Failed attempts are measured, too; the ledger holds what reached the disk.
            let (total, bytes) = (
                "rpp.runtime.storage.\(file)_flush.total", "rpp.runtime.storage.\(file)_flush.bytes"
            )
            figures["\(file) flushes"] =
                points.total(total) - points.total(total, "outcome=string failed")
            figures["\(file) bytes"] =
                points.total(bytes, of: "sum")
                - points.total(bytes, of: "sum", "outcome=string failed")
        }
        figures["proofs made"] = points.total("rpp.runtime.proof.generation.count")
        let verifications = "rpp.runtime.proof.verification.outcomes"
        figures["proofs accepted"] = points.total(verifications, "result=string ok")
        figures["proofs rejected"] = points.total(verifications, "result=string fail")
        figures["bytes checked"] = points.total(
            "rpp.runtime.proof.verification.total_bytes", of: "sum")
        let stages = "rpp.runtime.proof.verification.stage"
        figures["stages passed"] = points.total(stages, "result=string ok")
        figures["stages failed"] = points.total(stages, "result=string fail")
        figures["leader changes"] = points.total("rpp.runtime.consensus.round.leader_changes")
        for stage in BlockStage.allCases.map(\.attributeValue) {
            figures["stage \(stage)"] = points.total(
                "rpp.runtime.consensus.block_duration", of: "count", "stage=string \(stage)")
        }
        for (name, what, all, parts) in [
            (
                "witness.events", "witness", "witness events",
                WitnessTopic.allCases.flatMap(\.attributes)
            ),
            (
                "slashing.events", "slashing", "slashing events",
                SlashingReason.allCases.flatMap(\.attributes)
            ),
            (
                "failed_votes", "failed vote", "failed votes",
                VoteFailure.allCases.flatMap(\.attributes)
            ),
        ] {
            let metric = "rpp.runtime.consensus.\(name)"
            figures[all] = points.total(metric)
            for part in parts {
                guard case .string(let value) = part.value else { continue }
                figures["\(what) \(value)"] = points.total(metric, "\(part.key)=string \(value)")
            }
        }
        let rounds = "rpp.runtime.consensus.round.duration"
        figures["rounds started"] = points.total(rounds, of: "count")
        for (name, outcome) in [
            ("sealed", "sealed"), ("timed out", "timed_out"), ("failed", "failed"),
        ] {
            figures["rounds \(name)"] = points.total(
                rounds, of: "count", "outcome=string \(outcome)")
        }
        for result in ["success", "client_error", "server_error"] {
            figures["replies \(result)"] = points.total(
                "rpp.runtime.rpc.request.total", "result=string \(result)")
        }
        figures["replies"] = points.total("rpp.runtime.rpc.request.total")
        for direction in ["inbound", "outbound"] {
            let way = "direction=string \(direction)"
            figures[direction] = points.total("rpp.gossip.bytes", way)
            for topic in GossipTopic.allCases {
                figures["\(topic.attributeValue) \(direction)"] = points.total(
                    "rpp.gossip.bytes", way, "topic=string \(topic.attributeValue)")
            }
        }
        return figures
    }
}

extension [OTLPPoint] {
    /// Adds up one field of a metric's points: of a sum its `int`, of a histogram `count` or `sum`.
    ///
    /// - Parameter attributes: only points that have all of these.
    fileprivate func total(
        _ name: String, of field: String = "int", _ attributes: String...
    ) -> Int {
        reduce(0) { total, point in
            let own = point.attributes.dropFirst().dropLast().split(separator: ", ")
            guard point.metric.hasPrefix(name + " "),
                attributes.allSatisfy({ own.contains(Substring($0)) })
            else { return total }
            let words = point.value.split(separator: " ")
            let position = words.firstIndex(of: Substring(field)) ?? words.endIndex
            let text = words.dropFirst(position + 1).first.map(String.init) ?? ""
            // Whole numbers far below 2^53.
            return total + (Int(text) ?? Double(text).flatMap { Int(exactly: $0) } ?? .min)
        }
    }
}
