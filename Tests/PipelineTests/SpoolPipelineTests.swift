import Foundation
import OTelEmitter
import TestSupport
import Testing

/// Batches that wait on disk, on their whole way.
@Suite struct SpoolPipelineTests {
    /// A folder that is gone when the test is.
    private final class Folder {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("spool-\(UUID().uuidString)").path

        deinit {
            try? FileManager.default.removeItem(atPath: path)
        }

        var files: [String] {
            let all = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
            return all.filter { $0.hasSuffix(".batch") }
        }
    }

    private func make(
        _ collector: ScriptedCollector, _ folder: Folder,
        configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Pipeline {
        try Pipeline.make(to: collector) {
            $0.spool = SpoolOptions(directory: folder.path)
            configure(&$0)
        }
    }

    /// A daemon that goes to `/` after it has made its emitter.
    @Test func relativeDirectoryStaysWhereTheEmitterWasMade() async {
        await #expect(processExitsWith: .success) {
            let folder = Folder()
            try FileManager.default.createDirectory(
                atPath: folder.path + "/elsewhere", withIntermediateDirectories: true)
            let collector = try ScriptedCollector(isListening: false)
            #expect(chdir(folder.path) == 0)
            let pipeline = try Pipeline.make(to: collector) {
                $0.spool = SpoolOptions(directory: "s/t")
            }
            #expect(chdir("elsewhere") == 0)
            pipeline.count(series: 3)
            let report = pipeline.emitter.shutdown(timeout: .seconds(5))
            #expect(report.totals.pendingOnDisk == 3)
            #expect(!folder.files.isEmpty)
            #expect(folder.files.allSatisfy { $0.hasPrefix("s/t/") }, "\(folder.files)")
        }
    }

    @Test func whatCanNotBeDeliveredOutlivesTheProcess() throws {
        let folder = Folder()
        let collector = try ScriptedCollector(isListening: false)
        let first = try make(collector, folder)
        first.count(series: 3)
        #expect(!first.emitter.flush(timeout: .milliseconds(50)).isComplete)
        #expect(eventually { first.emitter.totals.recorded == 3 })
        let report = first.emitter.shutdown(timeout: .seconds(5))
        #expect(!report.isComplete)
        #expect(report.totals.isBalanced)
        #expect(report.totals.pending == 6)
        #expect(report.totals.pendingOnDisk == 6)
        #expect(report.totals.spooled == 6)
        #expect(report.totals.lost == 0)

        try collector.startListening()
        let second = try make(collector, folder)
        _ = try #require(collector.requests(atLeast: 2))
        second.count(series: 1)
        #expect(second.emitter.flush().isComplete)
        let last = second.emitter.shutdown()
        #expect(last.isComplete)
        #expect(last.totals.replayed == 6)
        #expect(last.totals.recorded == 8)
        #expect(last.totals.delivered == 8)
        #expect(try collector.acceptedPoints().count == 8)
        #expect(folder.files == [])
    }

    @Test func orderIsStrictWithinAProcess() throws {
        let folder = Folder()
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try make(collector, folder)
        for collection in 1...6 {
            pipeline.count()
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(20)).isComplete)
            #expect(eventually { pipeline.emitter.totals.recorded == collection })
        }
        #expect(eventually { pipeline.emitter.totals.spooled == 6 })
        try collector.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(try pipeline.acceptedValues() == [1, 2, 3, 4, 5, 6, 6].map { ["int \($0)"] })
        #expect(pipeline.told.kinds == ["failing", "recovered"])
        #expect(folder.files == [])
        try pipeline.expectAccount(recorded: 7)
    }

    @Test func nothingIsWrittenWhileDeliveriesWork() throws {
        let folder = Folder()
        let collector = try ScriptedCollector()
        let pipeline = try make(collector, folder)
        for _ in 0..<3 {
            pipeline.count()
            #expect(pipeline.emitter.flush().isComplete)
        }
        #expect(pipeline.emitter.shutdown().isComplete)
        #expect(pipeline.emitter.totals.spooled == 0)
        #expect(folder.files == [])
    }

    @Test func aDiskThatRefusesMeansMemory() throws {
        let folder = Folder()
        #expect(FileManager.default.createFile(atPath: folder.path, contents: Data()))
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try make(collector, folder)
        for collection in 1...3 {
            pipeline.count()
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(20)).isComplete)
            #expect(eventually { pipeline.emitter.totals.recorded == collection })
        }
        _ = try #require(pipeline.told.text(containing: "can't be kept on disk"))
        try pipeline.expectAccount(recorded: 3, pending: 3)
        try collector.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(try pipeline.acceptedValues() == [1, 2, 3, 3].map { ["int \($0)"] })
        #expect(Set(pipeline.told.kinds) == ["failing", "recovered", "spool failing"])
        try pipeline.expectAccount(recorded: 4)
    }

    @Test func whatIsTooOldIsGivenUpAndDeclared() throws {
        let folder = Folder()
        let time = SteppedTime()
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try make(collector, folder) {
            $0.clock = time.clock
            $0.spool?.ageLimit = .seconds(3600)
        }
        pipeline.count(series: 2)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        #expect(eventually { pipeline.emitter.totals.spooled == 2 })
        time.pass(.seconds(4000), for: pipeline.emitter)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        _ = try #require(pipeline.told.text(containing: "given up"))
        try collector.startListening()
        let report = pipeline.emitter.shutdown()
        #expect(report.totals.isBalanced)
        #expect(report.totals.lostByReason == [.expired: 2])
        #expect(try collector.acceptedPoints().count == report.totals.delivered)
    }

    @Test func aSpoolThatIsFullGivesUpItsOldest() throws {
        let folder = Folder()
        let collector = try ScriptedCollector(isListening: false)
        let pipeline = try make(collector, folder) { $0.spool?.byteLimit = 4000 }
        for collection in 1...12 {
            pipeline.count()
            #expect(!pipeline.emitter.flush(timeout: .milliseconds(20)).isComplete)
            #expect(eventually { pipeline.emitter.totals.recorded == collection })
            #expect(pipeline.emitter.totals.isBalanced)
        }
        let lost = try #require(pipeline.emitter.totals.lostByReason[.spoolLimit])
        #expect(lost >= 5)
        try collector.startListening()
        #expect(!pipeline.emitter.shutdown().totals.lostByReason.isEmpty)
        // The newest values are there.
        #expect(try pipeline.acceptedValues().last == ["int 12"])
        #expect(pipeline.emitter.totals.isBalanced)
    }
}
