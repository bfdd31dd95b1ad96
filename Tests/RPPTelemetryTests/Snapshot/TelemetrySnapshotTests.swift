import Foundation
import Instruments
import Synchronization
import Testing

@testable import RPPTelemetry

@Suite struct TelemetrySnapshotTests {
    /// A provider whose wall clock stands at the start of 2025, and a node that has done a little.
    private func make(hasNetwork: Bool = true) -> (NodeTelemetry, MeterProvider) {
        let provider = MeterProvider(now: { 1_735_732_800_000_000_000 })
        let telemetry = NodeTelemetry(
            provider: provider, nodeID: "12D3KooWExample", hasNetwork: hasNetwork)
        return (telemetry, provider)
    }

    private func record(_ telemetry: NodeTelemetry) {
        let runtime = telemetry.runtime
        runtime.setChainHead(height: 123, hash: "0xabc")
        runtime.setMempoolTransactions(42)
        runtime.setPeerCount(8)
        runtime.setReputation(0.82)
        runtime.recordProofVerification(
            backend: .rppStark, kind: .state, result: .ok, duration: .microseconds(1400))
        runtime.recordProofVerification(
            backend: .rppStark, kind: .uptime, result: .fail, duration: .microseconds(1400))
        runtime.roundStarted(height: 123, round: 0, leader: "a")
        runtime.quorumReached(height: 123, round: 0, after: .milliseconds(480))
        runtime.roundEnded(height: 123, round: 0, outcome: .sealed, after: .milliseconds(500))
        telemetry.network?.recordBytes(1024, topic: .meta, direction: .inbound)
        telemetry.network?.recordBytes(2048, topic: .meta, direction: .outbound)
        telemetry.network?.setMeshPeers(6, topic: .meta)
    }

    @Test func everyFieldIsDerivedFromTheInstrumentsAndTheState() {
        let (telemetry, _) = make()
        record(telemetry)
        let snapshot = telemetry.snapshot()
        #expect(snapshot.blockHeight == 123)
        #expect(snapshot.blockHash == "0xabc")
        #expect(snapshot.transactionCount == 42)
        #expect(snapshot.peerCount == 8)
        #expect(snapshot.nodeID == "12D3KooWExample")
        #expect(snapshot.reputationScore == 0.82)
        #expect(snapshot.verifierMetrics.keys.sorted() == ["rpp-stark"])
        #expect(snapshot.verifierMetrics["rpp-stark"]?.accepted == 1)
        #expect(snapshot.verifierMetrics["rpp-stark"]?.rejected == 1)
        #expect(snapshot.verifierMetrics["rpp-stark"]?.totalDuration == 3)
        #expect(snapshot.roundLatencies == [500])
        #expect(snapshot.quorumLatency == 480)
        #expect(snapshot.network.inboundBytes == 1024)
        #expect(snapshot.network.outboundBytes == 2048)
        #expect(snapshot.network.topics.map(\.topic) == GossipTopic.allCases.map(\.attributeValue))
        #expect(
            snapshot.network.topics[5]
                == .init(topic: "meta", inboundBytes: 1024, outboundBytes: 2048, meshPeers: 6))
    }

    @Test func stateIsThatOfTheCollectionNotOfTheMoment() {
        let (telemetry, provider) = make()
        record(telemetry)
        let collection = provider.collect()
        telemetry.runtime.setChainHead(height: 124, hash: "0xdef")
        let view = telemetry.snapshot(from: collection)
        #expect(view.blockHeight == 123)
        #expect(view.blockHash == "0xabc")
    }

    @Test(arguments: [-5, -Double.infinity, .nan, .infinity])
    func aForeignSumIsClamped(sum: Double) {
        let (telemetry, _) = make()
        let point = HistogramPoint(
            attributes: ["proof_backend": "stwo"], start: 1, count: 1, sum: sum, minimum: nil,
            maximum: nil, bucketCounts: [1])
        let metric = Metric(
            descriptor: MetricDescriptor(name: "rpp.runtime.proof.verification.duration"),
            data: .histogram([point], bounds: [], temporality: .cumulative))
        let scope = ScopeMetrics(
            scope: InstrumentationScope(name: "rpp.runtime"), metrics: [metric])
        let foreign = MetricsSnapshot(resource: Resource(), time: 5, scopes: [scope])
        let view = telemetry.snapshot(from: foreign)
        #expect(
            view.verifierMetrics["stwo"]?.totalDuration
                == (sum == .infinity ? 9_000_000_000_000_000 : 0))
    }

    @Test func heightAndHashAreOfTheSameHead() {
        let (telemetry, provider) = make()
        let isOver = Atomic(false)
        telemetry.runtime.setChainHead(height: 0, hash: "0")
        let writer = Thread {
            var height: UInt64 = 0
            while !isOver.load(ordering: .relaxed) {
                height += 1
                telemetry.runtime.setChainHead(height: height, hash: "\(height)")
            }
        }
        writer.start()
        defer { isOver.store(true, ordering: .relaxed) }
        for _ in 0..<500 {
            let view = telemetry.snapshot(from: provider.collect())
            #expect("\(view.blockHeight)" == view.blockHash)
        }
    }

    @Test func derivingItTwiceGivesTheSame() {
        let (telemetry, provider) = make()
        record(telemetry)
        let collection = provider.collect()
        #expect(telemetry.snapshot(from: collection) == telemetry.snapshot(from: collection))
    }

    @Test func withoutANetworkItsSectionIsEmptyAndPresent() throws {
        let (telemetry, _) = make(hasNetwork: false)
        let text = String(decoding: telemetry.snapshot().json(), as: UTF8.self)
        #expect(
            text.hasSuffix(
                #""network_metrics":{"bandwidth":{"inbound_bytes":0,"outbound_bytes":0},"#
                    + #""topics":[],"peer_scores":[]}}"#))
    }

    @Test func keysStandInTheContractsOrder() throws {
        let (telemetry, _) = make()
        let text = String(decoding: telemetry.snapshot().json(), as: UTF8.self)
        let keys = [
            "block_height", "block_hash", "transaction_count", "peer_count", "node_id",
            "reputation_score", "timestamp", "verifier_metrics", "consensus_round_latencies_ms",
            "consensus_leader_changes", "consensus_quorum_latency_ms",
            "consensus_witness_events", "consensus_slashing_events", "consensus_failed_votes",
            "network_metrics",
        ]
        let positions = keys.map { text.range(of: "\"\($0)\":")?.lowerBound }
        #expect(!positions.contains(nil))
        #expect(positions.compactMap { $0 } == positions.compactMap { $0 }.sorted())
        #expect(text.contains("\"consensus_quorum_latency_ms\":null"))
    }

    @Test func anotherParserReadsTheDocument() throws {
        let (telemetry, _) = make()
        record(telemetry)
        var snapshot = telemetry.snapshot()
        snapshot.blockHash = "quote \" backslash \\ newline \n"
        snapshot.reputationScore = .nan
        snapshot.network.peerScores = [.init(peer: "p", score: -7.25)]
        let object = try JSONSerialization.jsonObject(with: Data(snapshot.json()))
        let document = try #require(object as? [String: Any])
        #expect(document["block_height"] as? Int == 123)
        #expect(document["block_hash"] as? String == snapshot.blockHash)
        #expect(document["reputation_score"] as? Double == 0)
        #expect(document["timestamp"] as? String == "2025-01-01T12:00:00Z")
        let verifier = document["verifier_metrics"] as? [String: [String: [String: Int]]]
        #expect(
            verifier?["per_backend"]?["rpp-stark"]
                == ["accepted": 1, "rejected": 1, "total_duration_ms": 3])
        let network = document["network_metrics"] as? [String: Any]
        let scores = network?["peer_scores"] as? [[String: Any]]
        #expect(scores?.first?["score"] as? Double == -7.25)
    }
}
