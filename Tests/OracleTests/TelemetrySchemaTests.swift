import Foundation
import RPPTelemetry
import TestSupport
import Testing

/// The snapshot's JSON Schema, as another program's validator reads it.
@Suite(.enabled(if: Oracle.isWanted, "OTEL_EMITTER_PYTHON names no Python"))
struct TelemetrySchemaTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let schema = tests.deletingLastPathComponent().appending(
        path: "Documentation/telemetry-snapshot.schema.json")

    private func validate(_ documents: [String: [UInt8]]) throws -> (status: Int32, output: String)
    {
        guard let python = Oracle.python else { throw Oracle.NoPython() }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-schema-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, json) in documents {
            try Data(json).write(to: folder.appending(path: name + ".json"))
        }
        let output = folder.appending(path: "output")
        let script = Self.tests.appending(path: "Oracle/validate.py")
        let status = Program.run(
            python, [script.path, Self.schema.path, folder.path],
            environment: ["PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"], output: output.path)
        return (status, String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }

    @Test func theKnownDocumentAndAThousandOthersAreValid() throws {
        let seed: UInt64 = 52
        var random = SeededRandom(seed: seed)
        let known = Self.tests.appending(path: "RPPTelemetryTests/Fixtures/snapshot.json")
        var documents = ["good-known": Array(try Data(contentsOf: known))]
        for number in 0..<1000 {
            documents["good-\(number)"] = Self.randomDocument(using: &random)
        }
        documents["good-empty"] = TelemetrySnapshot().json()
        let (status, output) = try validate(documents)
        #expect(status == 0, "seed \(seed): \(output)")
        #expect(output.contains("1002 documents"), "\(output)")
    }

    /// A schema that lets everything through would be none.
    @Test func whatIsNoSnapshotIsInvalid() throws {
        let good = String(decoding: TelemetrySnapshot().json(), as: UTF8.self)
        var documents: [String: [UInt8]] = ["bad-array": Array("[]".utf8)]
        for (name, part, replacement) in [
            ("missing", "\"peer_count\":0,", ""), ("negative", "_height\":0", "_height\":-1"),
            ("fraction", "_height\":0", "_height\":0.5"),
            ("text", "_height\":0", "_height\":\"0\""),
            ("hash", "\"block_hash\":\"\"", "\"block_hash\":\"12ab\""),
            ("time", "1970-01-01T00:00:00Z", "1970-01-01 00:00:00"),
            ("topic", "\"topics\":[]", "\"topics\":[{\"topic\":\"x\"}]"),
            ("score", "\"peer_scores\":[]", "\"peer_scores\":[{\"peer\":\"p\",\"score\":\"1\"}]"),
            ("network", "\"bandwidth\":", "\"band\":"),
            ("large", "_height\":0", "_height\":18446744073709551616"),
        ] {
            #expect(good.contains(part), "\(name)")
            documents["bad-" + name] = Array(
                good.replacingOccurrences(of: part, with: replacement).utf8)
        }
        let (status, output) = try validate(documents)
        #expect(status == 0, "\(output)")
        #expect(output.contains("11 documents"), "\(output)")
    }

    private static func randomDocument(using random: inout SeededRandom) -> [UInt8] {
        let count = { (random: inout SeededRandom) in
            UInt64.random(in: 0...UInt64.max, using: &random)
                >> UInt64.random(
                    in: 0...63, using: &random)
        }
        var snapshot = TelemetrySnapshot()
        snapshot.blockHeight = count(&random)
        snapshot.blockHash = "0x" + String(count(&random), radix: 16)
        snapshot.nodeID = RandomText.make(upTo: 9, using: &random)
        snapshot.reputationScore = Double.random(in: -1e9...1e9, using: &random)
        snapshot.timestamp = UInt64.random(in: 0...253_402_300_799, using: &random)
        for name in ["stwo", "plonky3"] where Bool.random(using: &random) {
            var metrics = TelemetrySnapshot.VerifierMetrics()
            metrics.accepted = count(&random)
            metrics.rejected = count(&random)
            metrics.totalDuration = count(&random)
            snapshot.verifierMetrics[name] = metrics
        }
        for _ in 0..<Int.random(in: 0...32, using: &random) {
            snapshot.roundLatencies.append(count(&random))
        }
        snapshot.transactionCount = count(&random)
        snapshot.peerCount = count(&random)
        snapshot.leaderChanges = count(&random)
        snapshot.witnessEvents = count(&random)
        snapshot.slashingEvents = count(&random)
        snapshot.failedVotes = count(&random)
        snapshot.network.inboundBytes = count(&random)
        snapshot.network.outboundBytes = count(&random)
        snapshot.quorumLatency = Bool.random(using: &random) ? count(&random) : nil
        for topic in GossipTopic.allCases where Bool.random(using: &random) {
            snapshot.network.topics.append(
                .init(
                    topic: topic.attributeValue, inboundBytes: count(&random),
                    outboundBytes: count(&random), meshPeers: count(&random)))
        }
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            snapshot.network.peerScores.append(
                .init(
                    peer: RandomText.make(upTo: 5, using: &random),
                    score: Double.random(in: -100...10, using: &random)))
        }
        return snapshot.json()
    }
}
