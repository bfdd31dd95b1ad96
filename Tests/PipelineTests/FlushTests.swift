import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What `flush` waits for and what it tells.
@Suite struct FlushTests {
    @Test func returnsOnlyAfterTheAnswerWasRead() throws {
        let gate = Latch()
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .wait(gate), .answer(HTTPAnswer(200)), .hold))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 4)
        let emitter = pipeline.emitter
        let flush = Background { emitter.flush(timeout: .seconds(20)) }
        _ = try #require(collector.requests(atLeast: 1))
        // The collector has everything and has not said so.
        try pipeline.expectAccount(recorded: 4, pending: 4)
        #expect(!flush.isDone)
        gate.open()
        let report = try #require(flush.value())
        #expect(report.isComplete)
        #expect(report.totals.delivered == 4)
        try pipeline.expectAccount(recorded: 4)
    }

    @Test func muteCollectorIsWaitedForUntilTheDeadline() throws {
        let collector = try ScriptedCollector(otherwise: .mute)
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        let limit = Duration.milliseconds(200)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let report = pipeline.emitter.flush(timeout: limit)
        let elapsed = ContinuousClock.now - start
        #expect(elapsed >= limit && elapsed < limit + tolerance.limit)
        #expect(!report.isComplete)
        #expect(report.totals.recorded == 3)
        #expect(report.totals.pending == 3)
        try pipeline.expectAccount(recorded: 3, pending: 3)
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func timeoutThatIsOverPromisesNothing(timeout: Duration) throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        let report = pipeline.emitter.flush(timeout: timeout)
        #expect(report.totals.isBalanced)
        #expect(report.isComplete == (report.totals.delivered == 1))
        // The collection was asked for all the same.
        _ = try #require(collector.requests(atLeast: 1))
        #expect(pipeline.emitter.flush().isComplete)
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func longestTimeoutIsNoTrap() async throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        let report = await pipeline.emitter.flush(timeout: .seconds(Int64.max))
        #expect(report.isComplete)
        let emitter = pipeline.emitter
        let blocking = Background { emitter.flush(timeout: .seconds(Int64.max)) }
        #expect(blocking.value()?.isComplete == true)
        let last = Background { emitter.shutdown(timeout: .seconds(Int64.max)) }
        #expect(last.value()?.isComplete == true)
        try pipeline.expectAccount(recorded: 3)
    }

    @Test func manyAtOnceAreAllAnswered() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        let emitter = pipeline.emitter
        let flushes = (0..<16).map { _ in Background { emitter.flush() } }
        for flush in flushes {
            #expect(flush.value()?.isComplete == true)
        }
        // Those that came while one was under way share the next collection.
        let collections = collector.requests.count
        #expect((1...16).contains(collections))
        try pipeline.expectAccount(recorded: collections)
    }

    @Test func taskCanWaitForIt() async throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        for value in 1...3 {
            pipeline.count()
            let report = await pipeline.emitter.flush()
            #expect(report.isComplete)
            #expect(report.totals.delivered == value)
        }
        let last = await pipeline.emitter.shutdown()
        #expect(last.isComplete)
        try pipeline.expectAccount(recorded: 4)
    }

    @Test func afterTheShutdownItReturnsAtOnceAndSendsNothing() async throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        let shutdown = await pipeline.emitter.shutdown()
        #expect(shutdown.isComplete)
        pipeline.count()
        let emitter = pipeline.emitter
        let blocking = Background { emitter.flush(timeout: .seconds(3600)) }
        #expect(blocking.value()?.totals == shutdown.totals)
        let suspending = await emitter.flush(timeout: .seconds(3600))
        #expect(suspending.totals == shutdown.totals)
        #expect(collector.requests.count == 1)
        try pipeline.expectAccount(recorded: 1)
    }

    /// A2.13: the provider's flush is the emitter's, too.
    @Test func providerFlushesTheEmitter() throws {
        let collector = try ScriptedCollector(.answering(200, 400))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        #expect(pipeline.emitter.meterProvider.flush())
        try pipeline.expectAccount(recorded: 2)
        #expect(!pipeline.emitter.meterProvider.flush())
        try pipeline.expectAccount(recorded: 4, lost: [.rejected: 2])
    }
}
