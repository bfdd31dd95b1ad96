import Glibc
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What can only be seen in a process where nothing else runs: threads, descriptors, memory,
/// signals, and the concurrency pool's own punctuality.
@Suite struct IsolatedTests {
    @Test func emitterThatIsLetGoEndsItsThread() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            var pipeline: Pipeline? = try Pipeline.make(to: collector)
            pipeline?.count()
            #expect(pipeline?.emitter.flush().isComplete == true)
            try pipeline?.expectAccount(recorded: 1)
            #expect(try OwnProcess.emitterThreads() == 1)
            pipeline = nil
            #expect(try eventually { try OwnProcess.emitterThreads() == 0 })
            #expect(collector.isLeft())
        }
    }

    /// What the host does about signals is its own affair, and no signal of it comes to our thread.
    @Test func signalsAreLeftToTheHost() async {
        await #expect(processExitsWith: .success) {
            let before = OwnProcess.signalActions()
            let collector = try ScriptedCollector()
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count()
            #expect(pipeline.emitter.flush().isComplete)
            #expect(OwnProcess.signalActions() == before)
            let blocked = try OwnProcess.blockedSignals(ofThreads: "otel-emitter")
            // All but SIGKILL and SIGSTOP, and the two that the C library keeps for itself.
            let all = ~UInt64(1 << (SIGKILL - 1) | 1 << (SIGSTOP - 1) | 3 << 31)
            #expect(blocked.count == 1 && blocked.allSatisfy { $0 & all == all }, "\(blocked)")
            #expect(pipeline.emitter.shutdown().isComplete)
            #expect(OwnProcess.signalActions() == before)
        }
    }

    @Test func emitterThatIsLetGoWhileItSendsEndsItsThread() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector(otherwise: .mute)
            var pipeline: Pipeline? = try Pipeline.make(to: collector)
            pipeline?.count()
            #expect(pipeline?.emitter.flush(timeout: .milliseconds(700)).isComplete == false)
            try pipeline?.expectAccount(recorded: 1, pending: 1)
            let told = pipeline?.told
            pipeline = nil
            #expect(try eventually { try OwnProcess.emitterThreads() == 0 })
            #expect(collector.isLeft())
            // The collector has not failed.
            #expect(told?.all == [])
        }
    }

    @Test func twoHundredEmittersLeaveNothingBehind() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            var recorded = 0
            func live(_ ending: Int) throws {
                let pipeline = try Pipeline.make(to: collector)
                if ending == 0 { return }
                pipeline.count()
                #expect(pipeline.emitter.flush().isComplete)
                #expect(pipeline.emitter.totals.isBalanced)
                recorded += 1
                guard ending == 2 else { return }
                let last = pipeline.emitter.shutdown()
                #expect(last.totals.recorded == 2 && last.totals.delivered == 2)
                recorded += 1
            }
            func isQuiet() throws -> Bool {
                try OwnProcess.emitterThreads() == 0 && collector.isLeft()
            }
            // The first of each kind makes what the process keeps.
            for ending in 0...2 { try live(ending) }
            #expect(try eventually { try isQuiet() })
            let descriptors = try OwnProcess.descriptors()
            let threads = try OwnProcess.threads().count
            for round in 0..<200 { try live(round % 3) }
            #expect(try eventually { try isQuiet() })
            #expect(try eventually { try OwnProcess.descriptors() == descriptors })
            // The concurrency pool may have come to its size meanwhile.
            #expect(try eventually { try OwnProcess.threads().count <= threads + 2 })
            #expect(try collector.acceptedPoints().count == recorded)
        }
    }

    @Test func shutdownReleasesEverythingThoughTheEmitterIsKept() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            // The first one makes what the process keeps.
            _ = try Pipeline.make(to: collector).emitter.shutdown()
            #expect(try eventually { try OwnProcess.emitterThreads() == 0 })
            let descriptors = try OwnProcess.descriptors()
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count()
            #expect(pipeline.emitter.shutdown().isComplete)
            #expect(try eventually { try OwnProcess.emitterThreads() == 0 })
            #expect(try eventually { try OwnProcess.descriptors() == descriptors })
            try pipeline.expectAccount(recorded: 1)
        }
    }

    @Test(arguments: ["OTEL_SDK_DISABLED=true", "OTEL_METRICS_EXPORTER=none"])
    func disabledEmitterHasNoThread(setting: String) async {
        await #expect(processExitsWith: .success) { [setting] in
            let words = setting.split(separator: "=").map(String.init)
            let collector = try ScriptedCollector()
            let endpoint = ["OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:\(collector.port)"]
            let pipeline = try Pipeline.make(
                to: collector, environment: endpoint.merging([words[0]: words[1]]) { $1 })
            let hasThread = try eventually(within: .milliseconds(200)) {
                try OwnProcess.emitterThreads() > 0
            }
            #expect(!hasThread)
            pipeline.count()
            #expect(pipeline.emitter.flush().totals.recorded == 0)
            #expect(pipeline.emitter.shutdown().totals.recorded == 0)
            #expect(collector.connections == 0)
            try pipeline.expectAccount(recorded: 0)
        }
    }

    @Test func makingAnEmitterConnectsToNothing() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector()
            let pipelines = try (0..<20).map { _ in try Pipeline.make(to: collector) }
            pipelines.forEach { $0.count() }
            // Each thread has long begun when its emitter's flush is answered.
            #expect(collector.connections == 0)
            for pipeline in pipelines {
                #expect(pipeline.emitter.flush().isComplete)
                #expect(pipeline.emitter.totals.description.hasSuffix("lost=0"))
                #expect(pipeline.emitter.totals.isBalanced)
            }
            #expect(collector.connections == 20)
            #expect(try collector.acceptedPoints().count == 20)
        }
    }

    @Test func peerThatResetsKillsNoProcessBySignal() async {
        await #expect(processExitsWith: .success) {
            OwnProcess.useDefaultActionForBrokenPipes()
            let collector = try ScriptedCollector(
                ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readBytes(1), .reset),
                ConnectionScript(.readBytes(1000), .reset),
                ConnectionScript(.reset))
            let pipeline = try Pipeline.make(to: collector) { $0.cardinalityLimit = 100_000 }
            pipeline.count(series: 30_000)
            #expect(pipeline.emitter.flush(timeout: .seconds(30)).isComplete)
            #expect(pipeline.emitter.shutdown(timeout: .seconds(30)).isComplete)
            #expect(collector.connections == 4)
            try pipeline.expectAccount(recorded: 60_000)
        }
    }

    @Test func hugeBodyOfAnAnswerIsNotKept() async {
        await #expect(processExitsWith: .success) {
            var huge = HTTPAnswer(200)
            huge.body = Array(repeating: UInt8(ascii: " "), count: 1 << 20)
            huge.repetitions = 256
            let collector = try ScriptedCollector(.answering(huge))
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count()
            let before = try OwnProcess.peakMemory()
            #expect(pipeline.emitter.flush(timeout: .seconds(30)).isComplete)
            #expect(try OwnProcess.peakMemory() < before + 64 << 20)
            #expect(collector.requests.count == 1)
            try pipeline.expectAccount(recorded: 1)
        }
    }

    @Test func deadlinesHoldForTasks() async {
        await #expect(processExitsWith: .success) {
            let collector = try ScriptedCollector(otherwise: .mute)
            let pipeline = try Pipeline.make(to: collector)
            pipeline.count(series: 2)
            let limit = Duration.milliseconds(200)
            let first = Tolerance()
            var start = ContinuousClock.now
            let flush = await pipeline.emitter.flush(timeout: limit)
            #expect(ContinuousClock.now - start < limit + first.limit)
            #expect(!flush.isComplete)
            try pipeline.expectAccount(recorded: 2, pending: 2)
            let second = Tolerance()
            start = ContinuousClock.now
            let shutdown = await pipeline.emitter.shutdown(timeout: limit)
            #expect(ContinuousClock.now - start < limit + second.limit)
            #expect(!shutdown.isComplete)
            #expect(shutdown.totals.pending == 0)
            let recorded = shutdown.totals.recorded
            try pipeline.expectAccount(recorded: recorded, lost: [.shutdown: recorded])
        }
    }
}
