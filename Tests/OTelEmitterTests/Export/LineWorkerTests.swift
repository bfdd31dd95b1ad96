import Foundation
import Glibc
import Instruments
import Synchronization
import TestSupport
import Testing

@testable import OTelEmitter

/// The exporters that write lines, through the emitter: into a pipe, and into a file.
@Suite struct LineWorkerTests {
    /// A8.16
    @Test func everyPointIsALineAndDelivered() throws {
        let console = try LineConsole()
        console.count(series: 3)
        let report = console.emitter.flush(timeout: .seconds(20))
        #expect(report.isComplete)
        #expect(report.description == "recorded=3 delivered=3 pending=0 lost=0")
        let lines = console.lines()
        #expect(lines.count == 3)
        #expect(lines.last?.hasSuffix("Z m c {key=2} sum 1") == true, "\(lines)")
        console.count(series: 1)
        let last = console.emitter.shutdown(timeout: .seconds(20))
        #expect(last.isComplete && last.totals.delivered == 6)
        #expect(console.lines().count == 3)
        #expect(console.emitter.flush(timeout: .seconds(20)).totals == last.totals)
        #expect(console.told.all(0) == [])
    }

    @Test func differencesAreWrittenIfAskedFor() throws {
        let console = try LineConsole { $0.temporality = .delta }
        console.count(series: 2)
        #expect(console.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(console.lines().count == 2)
        console.count(series: 1)
        #expect(console.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(console.lines().map { $0.hasSuffix("{key=0} sum since 1") } == [true])
        #expect(console.emitter.shutdown(timeout: .seconds(20)).totals.recorded == 3)
    }

    @Test func whatIsTooLargeForALineIsDeclaredLost() throws {
        let folder = FileManager.default.temporaryDirectory
        let path = folder.appendingPathComponent("lines-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let console = try LineConsole {
            $0.exporter = .otlpFile(path: path)
            $0.batchLimits.hardLimitBytes = 2000
        }
        console.count(series: 2)
        console.emitter.meter("m").counter("giant").add(
            1, ["text": .string(String(repeating: "x", count: 5000))])
        for round in 1...3 {
            let report = console.emitter.flush(timeout: .seconds(20))
            #expect(!report.isComplete)
            #expect(report.totals.recorded == 3 * round && report.totals.pending == 0)
            #expect(report.totals.delivered == 2 * round)
            #expect(report.totals.lostByReason == [.tooLarge: round])
        }
        let told = console.told.all(1)
        #expect(told.count == 1 && "\(told)".contains("giant"), "\(told)")
        #expect(console.emitter.shutdown(timeout: .seconds(20)).totals.lost == 4)
    }

    @Test func itWritesOnSchedule() throws {
        let console = try LineConsole { $0.exportInterval = .milliseconds(5) }
        console.count(series: 1)
        // Reading blocks until something is written.
        #expect(console.lines().isEmpty == false)
        #expect(console.emitter.shutdown(timeout: .seconds(20)).isComplete)
    }

    @Test func whatNobodyCanReadIsDeclaredLost() throws {
        let console = try LineConsole(isRead: false)
        console.count(series: 3)
        let report = console.emitter.flush(timeout: .seconds(20))
        #expect(!report.isComplete)
        #expect(report.totals.lostByReason == [.unwritten: 3])
        #expect(report.totals.recorded == 3 && report.totals.pending == 0)
        guard case .deliveryFailing("standard output", _, 0)? = console.told.all(1).first else {
            Issue.record("\(console.told.all(0))")
            return
        }
        #expect(console.emitter.shutdown(timeout: .seconds(20)).totals.lost == 6)
        #expect(console.told.all(1).count == 1)
    }

    @Test func aReaderThatStopsKeepsNobodyWaiting() throws {
        let console = try LineConsole()
        // More than a pipe holds.
        console.count(series: 2000)
        let start = ContinuousClock.now
        #expect(!console.emitter.flush(timeout: .milliseconds(50)).isComplete)
        // Something was written, and there is still more than the pipe holds.
        #expect(console.lines().isEmpty == false)
        let report = console.emitter.shutdown(timeout: .seconds(1))
        #expect(ContinuousClock.now - start < .seconds(15))
        #expect(!report.isComplete)
        #expect(report.totals.pending == 0 && report.totals.delivered > 0)
        #expect(report.totals.recorded == report.totals.delivered + report.totals.lost)
    }

    /// A2.13
    @Test func theProviderReachesIt() throws {
        let console = try LineConsole()
        console.count(series: 1)
        #expect(console.emitter.meterProvider.flush(timeout: .seconds(20)))
        #expect(console.emitter.meterProvider.shutdown(timeout: .seconds(20)))
        #expect(console.emitter.totals.delivered == 2)
    }

    // MARK: OTLP JSON

    /// C13
    @Test func everyRequestIsALineOfJSONAndItsPointsDelivered() throws {
        let console = try LineConsole { configuration in
            configuration.exporter = .otlpStandardOutput
            configuration.batchLimits.points = 2
        }
        console.count(series: 3)
        let report = console.emitter.flush(timeout: .seconds(20))
        #expect(report.isComplete)
        #expect(report.description == "recorded=3 delivered=3 pending=0 lost=0")
        let lines = console.lines()
        let points = try lines.flatMap { try Encoded(bytes: Array($0.utf8), points: 0).flattened() }
        #expect((lines.count, points.count) == (2, 3))
        #expect(console.emitter.shutdown(timeout: .seconds(20)).isComplete)
    }

    private func fileEmitter(
        _ folder: LineFolder, _ told: ToldDiagnostics, name: String = "metrics.jsonl"
    ) -> Emitter {
        var configuration = EmitterConfiguration(environment: [
            "OTEL_METRICS_EXPORTER": "otlp/file", "OTEL_SWIFT_EXPORT_FILE": folder.file(name),
            "OTEL_METRIC_EXPORT_INTERVAL": "3600000",
        ])
        configuration.diagnosticHandler = { [told] in told.add($0) }
        return Emitter(configuration)
    }

    @Test func linesOfJSONAreAppendedToAFile() throws {
        let (folder, told) = (try LineFolder(), ToldDiagnostics())
        for run in 1...2 {
            let emitter = fileEmitter(folder, told)
            // Nothing is opened before something is there to be written.
            #expect(emitter.flush(timeout: .seconds(20)).isComplete)
            #expect(folder.lines().count == (run - 1) * 2)
            emitter.meter("m").counter("c").add(1)
            #expect(emitter.flush(timeout: .seconds(20)).isComplete)
            #expect(
                emitter.shutdown(timeout: .seconds(20)).description
                    == "recorded=2 delivered=2 pending=0 lost=0")
            #expect(folder.lines().count == run * 2)
        }
        for line in folder.lines() {
            #expect(try Encoded(bytes: Array(line.utf8), points: 1).flattened().count == 1)
        }
        #expect(told.all(0) == [])
    }

    /// One report when it begins and one when it ends; what could not be written meanwhile is lost.
    @Test func aFileThatCanNotBeOpenedIsAnOutageThatEndsByItself() throws {
        let (folder, told) = (try LineFolder(), ToldDiagnostics())
        let emitter = fileEmitter(folder, told, name: "below/metrics.jsonl")
        emitter.meter("m").counter("c").add(1)
        for lost in 1...3 {
            let report = emitter.flush(timeout: .seconds(20))
            #expect(!report.isComplete)
            #expect(report.totals.lostByReason == [.unwritten: lost])
        }
        #expect(mkdir(folder.file("below"), 0o700) == 0)
        let report = emitter.flush(timeout: .seconds(20))
        #expect(report.isComplete)
        #expect(report.description == "recorded=4 delivered=1 pending=0 lost=3")
        let file = "the file " + folder.file("below/metrics.jsonl")
        let all = told.all(2)
        guard all.count == 2,
            case .deliveryFailing(file, "No such file or directory", 0) = all[0],
            case .deliveryRecovered(file, _, lostPoints: let lost) = all[1]
        else {
            Issue.record("\(all)")
            return
        }
        // Those of the first failure were lost when the outage began.
        #expect(lost == 2)
        #expect(emitter.shutdown(timeout: .seconds(20)).isComplete == false)
        #expect(folder.lines("below/metrics.jsonl").count == 2)
    }

    @Test func aFullDiskIsAnOutage() throws {
        let told = ToldDiagnostics()
        var configuration = EmitterConfiguration(environment: [:])
        configuration.exporter = .otlpFile(path: "/dev/full")
        configuration.exportInterval = .seconds(3600)
        configuration.diagnosticHandler = { [told] in told.add($0) }
        let emitter = Emitter(configuration)
        emitter.meter("m").counter("c").add(1)
        let totals = emitter.shutdown(timeout: .seconds(20)).totals
        #expect(totals.lostByReason == [.unwritten: 1])
        #expect(totals.recorded == totals.delivered + totals.pending + totals.lost)
        #expect(told.all(1).map(\.level) == [.warning])
    }

    @Test func aRotatedFileIsFollowed() throws {
        let (folder, told) = (try LineFolder(), ToldDiagnostics())
        let emitter = fileEmitter(folder, told)
        emitter.meter("m").counter("c").add(1)
        #expect(emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(rename(folder.file(), folder.file("old")) == 0)
        #expect(emitter.shutdown(timeout: .seconds(20)).totals.delivered == 2)
        #expect((folder.lines("old").count, folder.lines().count) == (1, 1))
    }

    // MARK: The host

    @Test func theThreadStartsWithTheHostsHandler() throws {
        let threads = Mutex<[String]>([])
        let console = try LineConsole { configuration in
            configuration.threadStartHandler = {
                threads.withLock { $0.append(Threads.currentPath) }
            }
        }
        #expect(console.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(threads.withLock { $0.count } == 1)
        #expect(threads.withLock { $0.first } != Threads.currentPath)
        #expect(console.emitter.shutdown(timeout: .seconds(20)).isComplete)
    }

    @Test func theLastCollectionIsKeptIfAskedFor() throws {
        for isKept in [true, false] {
            let console = try LineConsole { $0.keepsLastCollection = isKept }
            console.count(series: 2)
            #expect(console.emitter.shutdown(timeout: .seconds(20)).isComplete)
            #expect(console.emitter.lastCollection?.pointCount == (isKept ? 2 : nil))
        }
    }

    @Test func anEmitterThatIsLetGoEnds() throws {
        weak var emitter: Emitter?
        do {
            let console = try LineConsole()
            console.count(series: 1)
            emitter = console.emitter
        }
        #expect(emitter == nil)
    }
}
