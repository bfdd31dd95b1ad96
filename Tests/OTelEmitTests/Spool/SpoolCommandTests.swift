import Foundation
import TestSupport
import Testing

@testable import OTelEmitter
@testable import otel_emit

/// A spool as an operator finds it after an outage.
@Suite struct SpoolCommandTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    var directory: String { folder.file("spool") }

    /// Leaves one batch in the spool, with a data point of each metric, as a process that is gone
    /// then.
    func leavePoint(_ names: String...) throws {
        let spool = Spool(
            SpoolOptions(directory: directory), clock: .system,
            incarnation: "of-\(names.joined(separator: "-"))")
        try spool.store(batch(names))
        spool.close()
    }

    func spool(
        _ options: [String], _ collector: ScriptedCollector? = nil
    ) throws -> EmitRun {
        try EmitRun(
            ["spool", directory] + options,
            environment: collector.map { ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": $0.endpoint] }
                ?? [:])
    }

    func batchFiles() -> [String] {
        let all = FileManager.default.enumerator(atPath: directory)?.allObjects as? [String] ?? []
        return all.filter { $0.hasSuffix(".batch") }.sorted().map { directory + "/" + $0 }
    }

    @Test func listingTellsWhatWaitsAndChangesNothing() throws {
        try leavePoint("first")
        try leavePoint("second")
        for options in [[], ["--verify"]] {
            let run = try spool(options)
            #expect(run.status == 0)
            #expect(run.errors.isEmpty)
            #expect(run.output.count { $0.contains("  dead  1 batch, 1 points, ") } == 2)
            let state = options.isEmpty ? "waiting" : "sound"
            let isBatch = { (line: Substring) in
                line.hasPrefix("  00") && line.contains("  1 points  ") && line.hasSuffix(state)
            }
            #expect(run.output.count(where: isBatch) == 2, "\(run.output)")
            #expect(run.output.last?.hasPrefix("2 incarnations, 2 batches, 2 points, ") == true)
        }
        #expect(batchFiles().count == 2)
    }

    @Test func replaySendsTheOldestFirstAndEmptiesTheSpool() throws {
        try leavePoint("first")
        try leavePoint("second")
        // One refusal that passes: it is tried again.
        let collector = try ScriptedCollector(otherwise: .answering(503, 200))
        let run = try spool(["--replay"], collector)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.last == "recorded=2 delivered=2 pending=0 lost=0")
        let names = try collector.acceptedPoints().map { $0.metric.prefix { $0 != " " } }
        #expect(names == ["first", "second"])
        #expect(batchFiles().isEmpty)
        let empty = try spool([])
        #expect(empty.output.count == 1)
        #expect(empty.output.last?.hasPrefix("0 incarnations, 0 batches, ") == true)
    }

    @Test func moreIncarnationsThanAreAdoptedAtOnceAreAllReplayed() throws {
        let count = SpoolSurvey.adoptionLimit + 3
        for number in 0..<count { try leavePoint("m\(number)") }
        let collector = try ScriptedCollector()
        let run = try spool(["--replay"], collector)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.last == "recorded=\(count) delivered=\(count) pending=0 lost=0")
        #expect(batchFiles().isEmpty)
    }

    @Test func livingIncarnationIsShownAndLeftAlone() throws {
        let living = Spool(SpoolOptions(directory: directory), clock: .system, incarnation: "me")
        try living.store(batch(["mine"]))
        let collector = try ScriptedCollector()
        let run = try spool(["--replay"], collector)
        #expect(
            run.output.contains { $0.contains("  alive  1 batch, 1 points, ") }, "\(run.output)")
        #expect(run.status == 0)
        #expect(run.output.last == "recorded=0 delivered=0 pending=0 lost=0")
        #expect(collector.requests.isEmpty)
        #expect(batchFiles().count == 1)
        living.close()
    }

    @Test func corruptBatchIsFoundByVerifyingAndDeclaredLostByReplaying() throws {
        try leavePoint("first")
        try leavePoint("second")
        let file = URL(filePath: batchFiles()[0])
        var bytes = try Data(contentsOf: file)
        bytes[bytes.count - 1] ^= 1
        try bytes.write(to: file)
        let verified = try spool(["--verify"])
        #expect(verified.status == 1)
        #expect(
            verified.output.count { $0.contains("CORRUPT: checksum") } == 1, "\(verified.output)")
        #expect(verified.output.last?.hasSuffix(", 1 corrupt") == true)
        let collector = try ScriptedCollector()
        let replayed = try spool(["--replay"], collector)
        #expect(replayed.status == 1)
        #expect(replayed.output.last == "recorded=2 delivered=1 pending=0 lost=1")
        #expect(try collector.acceptedPoints().count == 1)
    }

    @Test(arguments: [8, 12])
    func batchWithAMarkThatIsNotKnownIsToldAndLeftWhereItIs(place: Int) throws {
        try leavePoint("first")
        try leavePoint("second")
        let file = URL(filePath: batchFiles()[0])
        var bytes = try Data(contentsOf: file)
        bytes[place] |= 2
        try bytes.write(to: file)
        let verified = try spool(["--verify"])
        #expect(verified.status == 0, "\(verified.output)")
        #expect(verified.output.count { $0.hasSuffix("  not this version's") } == 1)
        #expect(verified.output.last?.hasSuffix(", 0 corrupt") == true)
        let collector = try ScriptedCollector()
        let replayed = try spool(["--replay"], collector)
        #expect(replayed.status == 1)
        #expect(replayed.output.last == "recorded=1 delivered=1 pending=0 lost=0")
        #expect(
            replayed.errors.count { $0.contains("1 data points stay in the spool") } == 1,
            "\(replayed.errors)")
        #expect(try collector.acceptedPoints().count == 1)
        #expect(batchFiles() == [file.path])
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test func whatCanNotBeDeliveredStays() throws {
        try leavePoint("first")
        let port = try HeldPort()
        let run = try EmitRun(
            ["spool", directory, "--replay", "--timeout", "0.5", "--progress"],
            environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(port.number)"])
        #expect(run.status == 1)
        #expect(run.output.last == "recorded=1 delivered=0 pending=1 lost=0")
        #expect(run.errors.last?.contains("stay in the spool") == true, "\(run.errors)")
        #expect(batchFiles().count == 1)
        #expect(try spool([]).output.first?.contains("  dead  1 batch") == true)
    }

    /// Every request that leaves for anywhere would come by the proxy.
    @Test func whatHasNoUsableEndpointStays() throws {
        try leavePoint("first")
        let proxy = try ScriptedCollector()
        let run = try EmitRun(
            ["spool", directory, "--replay"],
            environment: [
                "OTEL_EXPORTER_OTLP_ENDPOINT": "https://collector.example:443O",
                "OTEL_SWIFT_FAILOVER_ENDPOINT": proxy.endpoint,
                "all_proxy": "http://127.0.0.1:\(proxy.port)",
            ])
        #expect(run.status == 1)
        #expect(run.errors.first?.contains("OTEL_EXPORTER_OTLP_ENDPOINT") == true)
        #expect(run.errors.last?.contains("nothing can be replayed") == true, "\(run.errors)")
        #expect(batchFiles().count == 1)
        #expect(proxy.connections == 0)
    }

    @Test func unlockedDirectoryIsAdoptedOnlyIfTheOperatorSaysSo() throws {
        try leavePoint("first")
        let incarnation = URL(filePath: batchFiles()[0]).deletingLastPathComponent()
        try Data().write(to: incarnation.appending(path: "unlocked"))
        let collector = try ScriptedCollector()
        let careful = try spool(["--replay"], collector)
        #expect(careful.output.contains { $0.contains("  unknown  1 batch") }, "\(careful.output)")
        #expect(careful.output.last == "recorded=0 delivered=0 pending=0 lost=0")
        let told = try spool(["--replay", "--adopt-unlocked"], collector)
        #expect(told.status == 0, "\(told.errors)")
        #expect(told.output.last == "recorded=1 delivered=1 pending=0 lost=0")
    }

    @Test func oldBatchesAreReplayedWhateverTheLimitOfAge() throws {
        try leavePoint("first")
        let collector = try ScriptedCollector()
        let run = try EmitRun(
            ["spool", directory, "--replay"],
            environment: [
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": collector.endpoint,
                "OTEL_SWIFT_SPOOL_MAX_AGE": "1", "OTEL_SWIFT_SPOOL_MAX_BYTES": "1",
            ])
        #expect(run.output.last == "recorded=1 delivered=1 pending=0 lost=0", "\(run.errors)")
    }

    @Test func missingDirectoryIsStatus1AndNotMade() throws {
        for options in [[], ["--replay"]] {
            let run = try spool(options)
            #expect(run.status == 1)
            #expect(run.output.isEmpty)
            #expect(run.errors.count == 1)
            #expect(run.errors.first?.hasPrefix("otel-emit: the spool in ") == true)
        }
        #expect(!FileManager.default.fileExists(atPath: directory))
    }

    /// A request with one data point of each metric.
    func batch(_ names: [String]) -> Batch {
        let metrics = names.map { name in
            "{\"name\":\"\(name)\",\"gauge\":{\"dataPoints\":[{\"asInt\":\"1\","
                + "\"timeUnixNano\":\"1\"}]}}"
        }
        let body =
            "{\"resourceMetrics\":[{\"resource\":{},\"scopeMetrics\":[{\"scope\":{\"name\":\"s\"},"
            + "\"metrics\":[\(metrics.joined(separator: ","))]}]}]}"
        return Batch(
            collection: 1, points: names.count, body: Array(body.utf8), isCompressed: false,
            collectedAt: 0)
    }
}
