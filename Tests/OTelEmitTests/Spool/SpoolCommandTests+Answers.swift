import Foundation
import TestSupport
import Testing

@testable import OTelEmitter
@testable import otel_emit

/// A replay that is answered by something that is neither success nor worth another attempt.
extension SpoolCommandTests {
    /// All files with their bytes.
    private func content() throws -> [String: Data] {
        try batchFiles().reduce(into: [:]) { $0[$1] = try Data(contentsOf: URL(filePath: $1)) }
    }

    @Test(arguments: [
        300, 307, 400, 401, 403, 404, 405, 406, 408, 410, 411, 413, 415, 422, 431, 451, 500, 501,
        505, 511,
    ])
    func replayStopsAtTheFirstSuchAnswerAndKeepsEverything(status: Int) throws {
        for name in ["first", "second", "third"] { try leavePoint(name) }
        let before = try content()
        let collector = try ScriptedCollector(otherwise: .answering(status))
        let run = try spool(["--replay"], collector)
        #expect(run.status == 1)
        #expect(run.output.last == "recorded=3 delivered=0 pending=3 lost=0")
        #expect(run.errors.contains { $0.contains(" answers \(status)") }, "\(run.errors)")
        #expect(run.errors.contains { $0.contains(collector.endpoint) })
        #expect(run.errors.last?.hasSuffix(": 3 data points remain on disk") == true)
        #expect(!run.errors.contains { $0.contains("for good") }, "\(run.errors)")
        #expect(collector.requests.count == 1)
        #expect(try content() == before && before.count == 3)
    }

    @Test(arguments: [400, 401, 404, 413, 500])
    func whatWasAcceptedBeforeIsRemovedAndTheRestKept(status: Int) throws {
        for name in ["first", "second", "third"] { try leavePoint(name) }
        let before = batchFiles()
        let collector = try ScriptedCollector(otherwise: .answering(200, status, 200))
        let run = try spool(["--replay"], collector)
        #expect(run.status == 1)
        #expect(run.output.last == "recorded=3 delivered=1 pending=2 lost=0")
        #expect(run.errors.last?.hasSuffix(": 2 data points remain on disk") == true)
        let refused = before[1].dropFirst(directory.count + 1)
        #expect(run.errors.contains { $0.contains(refused) }, "\(run.errors)")
        #expect(batchFiles() == Array(before.dropFirst()))
        let good = try spool(["--replay"], try ScriptedCollector())
        #expect(good.status == 0, "\(good.errors)")
        #expect(good.output.last == "recorded=2 delivered=2 pending=0 lost=0")
    }

    /// A part that was accepted is sent again with its batch.
    @Test func batchThatIsRefusedInPartsIsKeptWhole() throws {
        try leavePoint("a", "b", "c", "d")
        let before = try content()
        let collector = try ScriptedCollector(otherwise: .answering(413, 200, 401))
        let run = try spool(["--replay"], collector)
        #expect(run.status == 1)
        #expect(run.output.last == "recorded=4 delivered=2 pending=2 lost=0")
        #expect(run.errors.contains { $0.contains(" answers 401") }, "\(run.errors)")
        #expect(run.errors.last?.hasSuffix(": 4 data points remain on disk") == true)
        #expect(try content() == before)
    }

    @Test func batchOfWhichNoPartIsSmallEnoughIsKept() throws {
        try leavePoint("a", "b", "c", "d")
        let before = try content()
        let collector = try ScriptedCollector(otherwise: .answering(413))
        let run = try spool(["--replay"], collector)
        #expect(run.status == 1)
        #expect(run.output.last == "recorded=4 delivered=0 pending=4 lost=0")
        #expect(run.errors.contains { $0.contains(" answers 413") }, "\(run.errors)")
        #expect(try content() == before)
    }

    @Test func whatOneEndpointRefusesTheOtherMayTake() throws {
        try leavePoint("first")
        try leavePoint("second")
        let first = try ScriptedCollector(otherwise: .answering(401))
        let replay = { (second: ScriptedCollector) in
            try EmitRun(
                ["spool", directory, "--replay"],
                environment: [
                    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": first.endpoint,
                    "OTEL_SWIFT_FAILOVER_ENDPOINT": second.endpoint,
                ])
        }
        let none = try replay(try ScriptedCollector(otherwise: .answering(404)))
        #expect(none.status == 1)
        #expect(none.output.last == "recorded=2 delivered=0 pending=2 lost=0")
        #expect(none.errors.contains { $0.contains(" answers 401") }, "\(none.errors)")
        #expect(none.errors.contains { $0.contains(" answers 404") }, "\(none.errors)")
        #expect(batchFiles().count == 2)
        let one = try replay(try ScriptedCollector())
        #expect(one.status == 0, "\(one.errors)")
        #expect(one.output.last == "recorded=2 delivered=2 pending=0 lost=0")
    }

    /// Of directories that the replay has not come to, too.
    @Test func allThatRemainsIsCounted() throws {
        let count = SpoolSurvey.adoptionLimit + 3
        for number in 0..<count { try leavePoint("m\(number)") }
        let living = Spool(SpoolOptions(directory: directory), clock: .system, incarnation: "me")
        try living.store(batch(["mine"]))
        let run = try spool(["--replay"], try ScriptedCollector(otherwise: .answering(403)))
        #expect(run.status == 1)
        #expect(run.errors.last?.hasSuffix(": \(count) data points remain on disk") == true)
        #expect(batchFiles().count == count + 1)
        living.close()
    }
}
