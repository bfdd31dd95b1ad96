import Glibc
import Instruments
import Synchronization
import TestSupport
import Testing

@testable import OTelEmitter

/// The console exporter, through the emitter, into a pipe.
@Suite struct ConsoleWorkerTests {
    private final class Told: Sendable {
        private let kept = Mutex<[EmitterDiagnostic]>([])
        var all: [EmitterDiagnostic] { kept.withLock { $0 } }
        func add(_ diagnostic: EmitterDiagnostic) { kept.withLock { $0.append(diagnostic) } }
    }

    /// An emitter that writes into a pipe.
    private final class Console: Sendable {
        let emitter: Emitter
        let told = Told()
        private let input: Int32
        private let output: Int32

        init(
            isRead: Bool = true, configure: (inout EmitterConfiguration) -> Void = { _ in }
        ) throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            (input, output) = (isRead ? ends[0] : -1, ends[1])
            var configuration = EmitterConfiguration(
                environment: ["OTEL_METRICS_EXPORTER": "console"])
            configuration.consoleDescriptor = output
            configuration.exportInterval = .seconds(3600)
            configuration.diagnosticHandler = { [told] in told.add($0) }
            configure(&configuration)
            emitter = Emitter(configuration)
            if !isRead { close(ends[0]) }
        }

        deinit {
            // The emitter's thread may still look at the other end, so that stays open.
            close(input)
        }

        func count(series: Int) {
            let counter = emitter.meter("m").counter("c")
            for key in 0..<series { counter.add(1, ["key": .int(Int64(key))]) }
        }

        /// What waits in the pipe, as lines.
        func lines() -> [String] {
            var buffer = [UInt8](repeating: 0, count: 8192)
            let count = buffer.withUnsafeMutableBytes { read(input, $0.baseAddress, $0.count) }
            return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
                .split(separator: "\n").map(String.init)
        }
    }

    /// A8.16
    @Test func everyPointIsALineAndDelivered() throws {
        let console = try Console()
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
        #expect(console.told.all == [])
    }

    @Test func differencesAreWrittenIfAskedFor() throws {
        let console = try Console { $0.temporality = .delta }
        console.count(series: 2)
        #expect(console.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(console.lines().count == 2)
        console.count(series: 1)
        #expect(console.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(console.lines().map { $0.hasSuffix("{key=0} sum since 1") } == [true])
        #expect(console.emitter.shutdown(timeout: .seconds(20)).totals.recorded == 3)
    }

    @Test func itWritesOnSchedule() throws {
        let console = try Console { $0.exportInterval = .milliseconds(5) }
        console.count(series: 1)
        // Reading blocks until something is written.
        #expect(console.lines().isEmpty == false)
        #expect(console.emitter.shutdown(timeout: .seconds(20)).isComplete)
    }

    @Test func whatNobodyCanReadIsDeclaredLost() throws {
        let console = try Console(isRead: false)
        console.count(series: 3)
        let report = console.emitter.flush(timeout: .seconds(20))
        #expect(!report.isComplete)
        #expect(report.totals.lostByReason == [.unwritten: 3])
        #expect(report.totals.recorded == 3 && report.totals.pending == 0)
        guard case .deliveryFailing("standard output", _, 0)? = console.told.all.first else {
            Issue.record("\(console.told.all)")
            return
        }
        #expect(console.emitter.shutdown(timeout: .seconds(20)).totals.lost == 6)
        #expect(console.told.all.count == 1)
    }

    @Test func aReaderThatStopsKeepsNobodyWaiting() throws {
        let console = try Console()
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
        let console = try Console()
        console.count(series: 1)
        #expect(console.emitter.meterProvider.flush(timeout: .seconds(20)))
        #expect(console.emitter.meterProvider.shutdown(timeout: .seconds(20)))
        #expect(console.emitter.totals.delivered == 2)
    }

    @Test func anEmitterThatIsLetGoEnds() throws {
        weak var emitter: Emitter?
        do {
            let console = try Console()
            console.count(series: 1)
            emitter = console.emitter
        }
        #expect(emitter == nil)
    }
}
