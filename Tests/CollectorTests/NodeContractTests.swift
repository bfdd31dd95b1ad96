import Foundation
import Instruments
import OTelEmitter
import TestSupport
import Testing

@testable import RPPTelemetry
@testable import rpp_node

/// One run of a whole node with a misbehaving validator, and a real collector: every instrument of
/// the contract has data there, and the snapshot says what arrived.
@Suite(
    .serialized,
    .enabled(
        if: GenuineCollector.path != nil || GenuineCollector.isRequired,
        Comment(rawValue: GenuineCollector.reasonToSkip)))
struct NodeContractTests {
    private static let seed: UInt64 = 43

    private struct Run {
        let collected: CollectedFigures
        /// The snapshot's document, as any reader of JSON has it.
        let document: [String: Any]
        let outcome: Node.Outcome
        /// Hash of the last header on disk.
        let head: String
    }

    private func run() throws -> Run {
        let sink = try ScriptedCollector()
        let port = try HeldPort()
        let collector = try GenuineCollector(on: port, sendingTo: sink.port)
        // Nobody answers: snapshots are superseded.
        let mute = try ScriptedCollector(otherwise: .mute)
        var configuration = NodeTelemetryConfiguration(
            mode: .validator, version: "1.0",
            environment: [
                "RPP_NODE_OTLP_HTTP_ENDPOINT": "http://127.0.0.1:\(port.number)/v1/metrics",
                "OTEL_METRIC_EXPORT_INTERVAL": "200", "RPP_INSTANCE_ID": "contract",
                "RPP_TELEMETRY_ENDPOINT": mute.endpoint, "RPP_TELEMETRY_INTERVAL_MS": "20",
            ])
        #expect(configuration.emitter.problems.isEmpty)
        configuration.emitter.diagnosticHandler = { _ in }
        configuration.emitter.keepsLastCollection = true
        configuration.worker?.diagnosticHandler = { _ in }
        let emitter = Emitter(configuration.emitter)
        let telemetry = NodeTelemetry(
            provider: emitter.meterProvider,
            nodeID: NodeIdentity.peerID(seed: Self.seed, validator: 0))
        let worker = configuration.worker.map { TelemetryWorker(telemetry, $0) }
        let folder = try TemporaryFolder()
        var node = NodeConfiguration()
        node.seed = Self.seed
        node.duration = .seconds(90)
        node.roundLimit = 16
        node.faultyValidators = 1
        node.roundTimeout = .milliseconds(600)
        node.blockProofs = .tiny
        node.lightProofs = .tiny
        node.dataDirectory = folder.path
        let outcome = try Node(node, telemetry: telemetry).run { _ in }
        worker?.shutdown(timeout: .milliseconds(100))
        #expect(emitter.shutdown(timeout: .seconds(30)).isComplete)
        collector.end()
        let last = try #require(emitter.lastCollection)
        let json = telemetry.snapshot(from: last).json()
        let document = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
        let headers = StorageRecord.decode(try folder.bytes("header.log")).payloads
        return Run(
            collected: CollectedFigures(try sink.acceptedPoints()),
            document: try #require(document), outcome: outcome,
            head: SHA256.hash(try #require(headers.last)).description)
    }

    @Test func everyInstrumentHasDataAndEveryFieldIsWhatArrived() throws {
        let run = try run()
        print("seed \(Self.seed):", run.outcome.ledger.json)
        let (collected, document) = (run.collected, run.document)
        for entry in Catalogue.runtime + Catalogue.network + Catalogue.worker {
            let points = collected.points(entry.name)
            #expect(!points.isEmpty, "\(entry.name) has no data")
            // The rarest counters may have counted nothing but zeroes.
            if entry.kind == .histogram {
                #expect(collected.total(entry.name, "count") > 0, "\(entry.name)")
            }
        }
        for event in ["witness.events", "slashing.events", "failed_votes"] {
            #expect(collected.total("rpp.runtime.consensus." + event, "int") > 0, "\(event)")
        }
        for name in [
            Catalogue.supersededSnapshots.definition.name, "rpp.gossip.bytes",
            "rpp.runtime.consensus.round.leader_changes", "rpp.runtime.storage.wal_flush.total",
            "rpp.runtime.rpc.request.total",
        ] {
            #expect(collected.total(name, "int") > 0, "\(name)")
        }
        try expectLevels(collected, document)
        #expect(document["block_hash"] as? String == run.head)
        #expect(
            document["node_id"] as? String == NodeIdentity.peerID(seed: Self.seed, validator: 0))
        try expectConsensus(collected, document)
        try expectVerifiers(collected, document)
        try expectNetwork(collected, document)
    }

    private func number(_ value: Any?) throws -> Double {
        try #require(value as? NSNumber, "\(String(describing: value))").doubleValue
    }

    private func expectLevels(
        _ collected: CollectedFigures, _ document: [String: Any]
    ) throws {
        for (key, metric, field) in [
            ("block_height", "rpp.runtime.chain.block_height", "int"),
            ("transaction_count", "rpp.runtime.mempool.transactions", "int"),
            ("peer_count", "rpp.runtime.network.peer_count", "int"),
            ("reputation_score", "rpp.runtime.reputation.score", "double"),
        ] {
            let difference = try number(document[key]) - collected.total(metric, field)
            // Foundation's parser may be off by the last bit.
            #expect(abs(difference) < 1e-12, "\(key)")
        }
        let text = try #require(document["timestamp"] as? String)
        #expect(RFC3339.secondsSince1970(text) == collected.latestTime / 1_000_000_000)
    }

    private func expectConsensus(
        _ collected: CollectedFigures, _ document: [String: Any]
    ) throws {
        for (key, name) in [
            ("leader_changes", "round.leader_changes"), ("witness_events", "witness.events"),
            ("slashing_events", "slashing.events"), ("failed_votes", "failed_votes"),
        ] {
            #expect(
                try number(document["consensus_" + key])
                    == collected.total("rpp.runtime.consensus." + name, "int"), "\(key)")
        }
        let latencies = try #require(
            document["consensus_round_latencies_ms"] as? [NSNumber]
        ).map(\.doubleValue)
        let rounds = "rpp.runtime.consensus.round.duration"
        #expect(Double(latencies.count) == collected.total(rounds, "count"))
        // Each is rounded to a whole millisecond.
        let difference = latencies.reduce(0, +) - collected.total(rounds, "sum")
        #expect(abs(difference) <= 0.5 * Double(latencies.count) + 0.001, "\(difference)")
        if let quorum = document["consensus_quorum_latency_ms"] as? NSNumber {
            let metric = "rpp.runtime.consensus.round.quorum_latency"
            #expect(quorum.doubleValue <= collected.total(metric, "max") + 0.5)
            #expect(quorum.doubleValue >= collected.total(metric, "min") - 0.5)
        }
    }

    private func expectVerifiers(
        _ collected: CollectedFigures, _ document: [String: Any]
    ) throws {
        let metrics = document["verifier_metrics"] as? [String: [String: [String: NSNumber]]]
        let backends = try #require(metrics?["per_backend"])
        #expect(backends.keys.sorted() == ["rpp-stark"])
        for (backend, figures) in backends {
            let own = "proof_backend=string \(backend)"
            let outcomes = "rpp.runtime.proof.verification.outcomes"
            #expect(
                figures["accepted"]?.doubleValue
                    == collected.total(outcomes, "int", own, "result=string ok"))
            #expect(
                figures["rejected"]?.doubleValue
                    == collected.total(outcomes, "int", own, "result=string fail"))
            let sum = collected.total("rpp.runtime.proof.verification.duration", "sum", own)
            #expect(abs((figures["total_duration_ms"]?.doubleValue ?? -1) - sum) <= 0.5)
        }
    }

    private func expectNetwork(
        _ collected: CollectedFigures, _ document: [String: Any]
    ) throws {
        let network = try #require(document["network_metrics"] as? [String: Any])
        let bandwidth = try #require(network["bandwidth"] as? [String: NSNumber])
        let topics = try #require(network["topics"] as? [[String: Any]])
        let names = topics.compactMap { $0["topic"] as? String }
        #expect(names == GossipTopic.allCases.map(\.attributeValue))
        for direction in ["inbound", "outbound"] {
            let way = "direction=string \(direction)"
            let key = direction + "_bytes"
            #expect(
                bandwidth[key]?.doubleValue == collected.total("rpp.gossip.bytes", "int", way))
            let sum = try topics.reduce(0) { try $0 + number($1[key]) }
            #expect(sum == bandwidth[key]?.doubleValue)
            for (topic, name) in zip(topics, names) {
                #expect(
                    try number(topic[key])
                        == collected.total(
                            "rpp.gossip.bytes", "int", way, "topic=string \(name)"), "\(name)")
            }
        }
        let meshes = collected.byValue(of: "topic", "rpp.gossip.mesh_peers", "int")
        for (topic, name) in zip(topics, names) {
            #expect(try number(topic["mesh_peers"]) == meshes[name], "\(name)")
        }
        let scores = try #require(network["peer_scores"] as? [[String: Any]])
        var found: [String: Double] = [:]
        for score in scores {
            found[try #require(score["peer"] as? String)] = try number(score["score"])
        }
        let collectedScores = collected.byValue(of: "peer", "rpp.gossip.peer_score", "double")
        #expect(found.keys.sorted() == collectedScores.keys.sorted())
        for (peer, score) in found {
            // Foundation's parser may be off by the last bit.
            #expect(abs(score - (collectedScores[peer] ?? .nan)) < 1e-12, "\(peer)")
        }
        #expect(found.count == 3 && found.values.contains { $0 < -5 }, "\(found)")
        let peers = scores.compactMap { $0["peer"] as? String }
        #expect(peers == peers.sorted())
    }
}
