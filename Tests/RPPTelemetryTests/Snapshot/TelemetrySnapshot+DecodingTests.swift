import Foundation
import TestSupport
import Testing

@testable import RPPTelemetry

@Suite struct TelemetrySnapshotDecodingTests {
    /// The document that describes the snapshot to its clients.
    private static let document = try? String(
        contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Fixtures/snapshot.json"),
        encoding: .utf8)

    private func problem(_ json: String) -> SnapshotProblem? {
        do throws(SnapshotProblem) {
            _ = try TelemetrySnapshot(json: Array(json.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test func theKnownDocumentIsReadAndWrittenAgain() throws {
        let text = try #require(Self.document)
        let snapshot = try TelemetrySnapshot(json: Array(text.utf8))
        #expect(snapshot.blockHeight == 123 && snapshot.blockHash == "0x…")
        #expect(snapshot.timestamp == 1_735_732_800)
        #expect(snapshot.roundLatencies == [320, 275, 410])
        #expect(snapshot.quorumLatency == 480 && snapshot.verifierMetrics.isEmpty)
        #expect(
            snapshot.network.topics
                == [.init(topic: "meta", inboundBytes: 1024, outboundBytes: 2048, meshPeers: 6)])
        #expect(snapshot.network.peerScores == [.init(peer: "12D3KooW…", score: 9.5)])
        // The same keys in the same order, the same values: all but the white space.
        let written = String(decoding: snapshot.json(), as: UTF8.self)
        #expect(written == text.filter { !$0.isWhitespace })
        let parsed = try [text, written].map {
            try JSONSerialization.jsonObject(with: Data($0.utf8)) as? NSDictionary
        }
        #expect(parsed[0] != nil && parsed[0] == parsed[1])
    }

    @Test func whateverIsWrittenIsReadAgain() throws {
        let seed: UInt64 = 51
        var random = SeededRandom(seed: seed)
        for number in 0..<1000 {
            let snapshot = TelemetrySnapshot.random(using: &random)
            let read = try TelemetrySnapshot(json: snapshot.json())
            #expect(read == snapshot, "number \(number), seed \(seed)")
            let network = try NetworkMetricsSnapshot(json: snapshot.network.json())
            #expect(network == snapshot.network, "number \(number), seed \(seed)")
        }
    }

    /// Without a network stack, in a document of a node that has no such section, or in any order.
    @Test func orderAndWhatIsNotKnownDoNotMatter() throws {
        let text = try #require(Self.document)
        var object = try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        object["network_metrics"] = nil
        object["of a later version"] = ["x": [1, 2]]
        let data = try JSONSerialization.data(withJSONObject: object)
        let snapshot = try TelemetrySnapshot(json: Array(data))
        #expect(snapshot.network == NetworkMetricsSnapshot())
        #expect(snapshot.failedVotes == 3)
    }

    @Test(arguments: [
        ("\"block_height\": 123,", "", "block_height: is missing"),
        ("\"block_height\": 123", "\"block_height\": -1", "block_height: must be a whole number"),
        ("\"block_height\": 123", "\"block_height\": 1.5", "block_height: must be a whole number"),
        ("\"block_height\": 123", "\"block_height\": \"123\"", "block_height: must be a whole"),
        (
            "\"block_height\": 123", "\"block_height\": 18446744073709551616",
            "block_height: must be a whole number from 0 to 18446744073709551615"
        ),
        ("\"0x…\"", "7", "block_hash: must be a string"),
        ("0.82", "null", "reputation_score: must be a number"),
        ("0.82", "1e999", "reputation_score: must be a number"),
        ("2025-01-01T12:00:00Z", "2025-02-30T12:00:00Z", "timestamp: must be a time"),
        ("2025-01-01T12:00:00Z", "yesterday", "timestamp: must be a time"),
        ("275,", "\"x\",", "consensus_round_latencies_ms[1]: must be a whole"),
        ("[320, 275, 410]", "{}", "consensus_round_latencies_ms: must be an array"),
        ("\"per_backend\": {}", "", "verifier_metrics.per_backend: is missing"),
        (
            "\"per_backend\": {}", "\"per_backend\": {\"stwo\": {\"accepted\": 1}}",
            "verifier_metrics.per_backend.stwo.rejected: is missing"
        ),
        ("\"mesh_peers\": 6", "\"mesh_peers\": {}", "network_metrics.topics[0].mesh_peers: must"),
        ("9.5", "\"9.5\"", "network_metrics.peer_scores[0].score: must be a number"),
    ])
    func whatIsWrongIsNamed(part: String, replacement: String, text: String) throws {
        let document = try #require(Self.document)
        #expect(document.contains(part))
        let problem = problem(document.replacingOccurrences(of: part, with: replacement))
        #expect(problem?.description.hasPrefix(text) == true, "\(String(describing: problem))")
    }

    @Test(arguments: ["", "[]", "null", "{", "{}x", "\u{0}", "{\"block_height\": 01}"])
    func whatIsNoDocumentIsRefused(text: String) {
        #expect(problem(text)?.place == "")
    }
}

extension TelemetrySnapshot {
    /// Any snapshot that a node may have, and some that none has.
    static func random(using random: inout some RandomNumberGenerator) -> TelemetrySnapshot {
        func count() -> UInt64 {
            UInt64.random(in: 0...UInt64.max, using: &random)
                >> UInt64.random(
                    in: 0...63, using: &random)
        }
        func score() -> Double {
            Double.random(in: -1e3...1e3, using: &random)
                * (Bool.random(using: &random) ? 1 : 1e-300)
        }
        var snapshot = TelemetrySnapshot()
        snapshot.blockHeight = count()
        snapshot.blockHash = "0x" + RandomText.make(upTo: 9, using: &random)
        snapshot.transactionCount = count()
        snapshot.peerCount = count()
        snapshot.nodeID = RandomText.make(upTo: 9, using: &random)
        snapshot.reputationScore = score()
        snapshot.timestamp = UInt64.random(in: 0...253_402_300_799, using: &random)
        for name in ["stwo", "rpp-stark", "p\"q"] where Bool.random(using: &random) {
            var metrics = VerifierMetrics()
            metrics.accepted = count()
            metrics.rejected = count()
            metrics.totalDuration = count()
            snapshot.verifierMetrics[name] = metrics
        }
        snapshot.roundLatencies = (0..<Int.random(in: 0...32, using: &random)).map { _ in count() }
        snapshot.leaderChanges = count()
        snapshot.quorumLatency = Bool.random(using: &random) ? count() : nil
        snapshot.witnessEvents = count()
        snapshot.slashingEvents = count()
        snapshot.failedVotes = count()
        snapshot.network.inboundBytes = count()
        snapshot.network.outboundBytes = count()
        for topic in GossipTopic.allCases where Bool.random(using: &random) {
            snapshot.network.topics.append(
                .init(
                    topic: topic.attributeValue, inboundBytes: count(), outboundBytes: count(),
                    meshPeers: count()))
        }
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            snapshot.network.peerScores.append(
                .init(peer: RandomText.make(upTo: 5, using: &random), score: score()))
        }
        return snapshot
    }
}
