import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Exports that nobody asks for.
@Suite struct PeriodicExportTests {
    @Test func exportsRepeatWithTheInterval() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) {
            $0.exportInterval = .milliseconds(10)
        }
        pipeline.count(series: 2)
        _ = try #require(collector.requests(atLeast: 4))
        #expect(pipeline.emitter.totals.isBalanced)
        let report = pipeline.emitter.shutdown()
        #expect(report.isComplete)
        try pipeline.expectAccount(recorded: 2 * collector.requests.count)
        // Each has a later time, and all the same start.
        let points = try collector.acceptedPoints().filter { $0.attributes == "{index=int 0}" }
        #expect(zip(points, points.dropFirst()).allSatisfy { $0.time < $1.time })
        #expect(Set(points.map(\.start)).count == 1)
    }

    @Test func firstExportComesAfterOneInterval() throws {
        let collector = try ScriptedCollector()
        let before = WallClock.now()
        let pipeline = try Pipeline.make(to: collector) {
            $0.exportInterval = .milliseconds(300)
        }
        pipeline.count()
        let request = try #require(collector.requests(atLeast: 1)?.first)
        let time = try #require(try request.points().first?.time)
        #expect(time >= before + 300_000_000)
        _ = pipeline.emitter.shutdown()
        try pipeline.expectAccount(recorded: collector.requests.count)
    }

    @Test func slowCollectorGetsOneRequestAtATime() throws {
        let gate = Latch()
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .wait(gate), .answer(HTTPAnswer(200)), .readRequest,
                .answer(HTTPAnswer(200)), loopingFrom: 3))
        let pipeline = try Pipeline.make(to: collector) {
            $0.exportInterval = .milliseconds(1)
        }
        pipeline.count()
        _ = try #require(collector.requests(atLeast: 1))
        // Many intervals pass; nothing more is sent or collected meanwhile.
        let second = collector.requests(atLeast: 2, within: .milliseconds(100))
        #expect(second == nil)
        #expect(collector.connections == 1)
        try pipeline.expectAccount(recorded: 1, pending: 1)
        gate.open()
        _ = try #require(collector.requests(atLeast: 2))
        #expect(pipeline.emitter.shutdown().isComplete)
        #expect(collector.connections == 1)
        try pipeline.expectAccount(recorded: collector.requests.count)
    }
}
