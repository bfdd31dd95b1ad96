import Foundation
import Instruments
import OTelEmitter
import TestSupport
import Testing

/// The end of an emitter.
@Suite struct ShutdownTests {
    @Test func lastValuesAreDelivered() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        let report = pipeline.emitter.shutdown()
        #expect(report.isComplete)
        #expect(report.description == "recorded=3 delivered=3 pending=0 lost=0")
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 3)
    }

    @Test func connectionIsClosedThoughTheEmitterIsKept() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.shutdown().isComplete)
        #expect(collector.isLeft())
        try pipeline.expectAccount(recorded: 1)
    }

    @Test func muteCollectorIsWaitedForUntilTheDeadline() throws {
        let collector = try ScriptedCollector(otherwise: .mute)
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        let limit = Duration.milliseconds(200)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let report = pipeline.emitter.shutdown(timeout: limit)
        let elapsed = ContinuousClock.now - start
        #expect(elapsed >= limit / 2 && elapsed < limit + tolerance.limit)
        #expect(!report.isComplete)
        #expect(report.totals.lostByReason == [.shutdown: 3])
        try pipeline.expectAccount(recorded: 3, lost: [.shutdown: 3])
    }

    @Test func requestUnderWayDoesNotDelayIt() throws {
        let collector = try ScriptedCollector(otherwise: .mute)
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        let emitter = pipeline.emitter
        let flush = Background { emitter.flush(timeout: .seconds(60)) }
        _ = try #require(collector.requests(atLeast: 1))
        let limit = Duration.milliseconds(100)
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        let report = emitter.shutdown(timeout: limit)
        #expect(ContinuousClock.now - start < limit + tolerance.limit)
        #expect(!report.isComplete)
        // Whoever waits for a flush is told as well.
        let answer = try #require(flush.value())
        #expect(!answer.isComplete)
        #expect(answer.totals.isBalanced)
        #expect(emitter.totals.pending == 0)
        #expect(emitter.totals.lostByReason[.shutdown] == emitter.totals.recorded)
        try pipeline.expectAccount(
            recorded: emitter.totals.recorded, lost: emitter.totals.lostByReason)
    }

    @Test(arguments: [Duration.zero, .seconds(-1)])
    func timeoutThatIsOverPromisesNothing(timeout: Duration) throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        let report = pipeline.emitter.shutdown(timeout: timeout)
        #expect(!report.isComplete || report.totals.delivered == 1)
        #expect(report.totals.pending == 0)
        #expect(report.totals.isBalanced)
        #expect(pipeline.emitter.totals == report.totals)
    }

    @Test func secondCallGivesTheReportOfTheFirst() throws {
        let collector = try ScriptedCollector(otherwise: .answering(400))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        let first = pipeline.emitter.shutdown()
        pipeline.count(series: 2)
        let second = pipeline.emitter.shutdown()
        #expect(first == second)
        #expect(!second.isComplete)
        #expect(collector.requests.count == 1)
        try pipeline.expectAccount(recorded: 2, lost: [.rejected: 2])
    }

    @Test func manyAtOnceAgree() async throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        let emitter = pipeline.emitter
        let blocking = (0..<8).map { _ in Background { emitter.shutdown() } }
        let suspending = await withTaskGroup(of: DeliveryReport.self) { group in
            for _ in 0..<8 { group.addTask { await emitter.shutdown() } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let reports = suspending + blocking.compactMap { $0.value() }
        #expect(reports.count == 16)
        #expect(reports.allSatisfy { $0 == reports[0] && $0.isComplete })
        #expect(collector.requests.count == 1)
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func recordingAfterwardsIsSafeAndSendsNothing() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        let meter = pipeline.emitter.meter("pipeline")
        let counter = meter.counter("events")
        let histogram = meter.histogram("durations")
        counter.add(1)
        histogram.record(1)
        #expect(pipeline.emitter.shutdown().isComplete)
        for index in 0..<1000 {
            counter.add(1, ["index": .int(Int64(index))])
            histogram.record(Double(index))
            meter.gauge("late").record(Double(index))
        }
        #expect(pipeline.emitter.flush().totals.recorded == 2)
        #expect(collector.requests.count == 1)
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func earlierLossIsDeclaredAtTheEnd() throws {
        let collector = try ScriptedCollector(.answering(400, 200))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(!pipeline.emitter.flush().isComplete)
        let report = pipeline.emitter.shutdown()
        #expect(report.totals.lostByReason == [.rejected: 1])
        #expect(report.totals.delivered == 1)
        try pipeline.expectAccount(recorded: 2, lost: [.rejected: 1])
    }

    /// A2.12: the provider's shutdown is the emitter's, too.
    @Test func providerShutsTheEmitterDown() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        #expect(pipeline.emitter.meterProvider.shutdown())
        #expect(pipeline.emitter.shutdown().totals.delivered == 2)
        #expect(!pipeline.emitter.meter("late").counter("c").isEnabled)
        #expect(collector.isLeft())
        try pipeline.expectAccount(recorded: 2)
    }

    /// The last value arrives, whatever the export is about at that instant. A thousand times;
    /// `OTEL_EMITTER_SHUTDOWNS` asks for another number.
    @Test func theLastValueIsDeliveredEveryTime() async throws {
        let wanted = ProcessInfo.processInfo.environment["OTEL_EMITTER_SHUTDOWNS"]
        let times = wanted.flatMap { Int($0) } ?? 1000
        let collector = try ScriptedCollector()
        let missing = try await Background<Int>.result {
            try (0..<times).count { round in
                let pipeline = try Pipeline.make(to: collector) {
                    // Exports are under way.
                    $0.exportInterval = .milliseconds(1)
                    $0.startPhase = 0
                    $0.resource = Resource(["round": .int(Int64(round))])
                }
                pipeline.count()
                return !pipeline.emitter.shutdown(timeout: .seconds(20)).isComplete
            }
        }
        #expect(missing == 0)
        #expect(Set(try collector.acceptedPoints().map(\.resource)).count == times)
    }
}
