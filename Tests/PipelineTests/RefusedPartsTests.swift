import Instruments
import OTelEmitter
import Testing
import TestBench

/// Requests that are refused as a whole and accepted in parts.
@Suite struct RefusedPartsTests {
    /// A collector that judges each request by its data points.
    private func judging(_ status: @escaping @Sendable ([OTLPPoint]) -> Int) throws
        -> ScriptedCollector
    {
        try ScriptedCollector(
            otherwise: .judging { request in
                HTTPAnswer(status((try? request.points()) ?? []))
            })
    }

    @Test(arguments: 0..<7)
    func oneBadMetricCostsOnlyItself(position: Int) throws {
        let collector = try judging { points in
            points.contains { $0.metric.contains("bad.") } ? 400 : 200
        }
        let pipeline = try Pipeline.make(to: collector)
        let meter = pipeline.emitter.meter("m")
        meter.counter("aaa").add(1)
        #expect(pipeline.emitter.flush().isComplete)
        let other = pipeline.emitter.meter("n")
        for index in 0..<7 {
            let name = index == position ? "m\(index).bad.\(index)" : "m\(index).good"
            other.counter(name).add(index, ["a": 1])
            other.counter(name).add(index, ["a": 2])
        }
        let before = collector.requests.count
        #expect(!pipeline.emitter.flush().isComplete)
        // Eight metrics, three levels, two requests each, and the refused one.
        #expect(collector.requests.count - before <= 7)
        try pipeline.expectAccount(recorded: 16, lost: [.rejected: 2])
        _ = try #require(pipeline.told.text(containing: "bad.\(position)\""))
        #expect(pipeline.told.kinds == ["rejected"])
    }

    @Test func aCollectorThatHasNeverAcceptedIsNotSearched() throws {
        let collector = try judging { _ in 400 }
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        pipeline.emitter.meter("m").counter("other").add(1)
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 1)
        try pipeline.expectAccount(recorded: 4, lost: [.rejected: 4])
    }

    @Test func aCollectorThatRefusesBothHalvesIsToBlame() throws {
        let collector = try ScriptedCollector(.answering(200, 400))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        for index in 0..<8 {
            pipeline.emitter.meter("m").counter("c\(index)").add(1)
        }
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 4)
        try pipeline.expectAccount(recorded: 10, lost: [.rejected: 9])
        #expect(pipeline.told.kinds == ["rejected"])
    }

    @Test(arguments: [Compression.none, .gzip])
    func tooLargeARequestIsHalvedAndTheSizeRemembered(compression: Compression) throws {
        let limit = 20_000
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                HTTPAnswer(((try? request.content().count) ?? 0) > limit ? 413 : 200)
            })
        let pipeline = try Pipeline.make(to: collector) { $0.compression = compression }
        pipeline.count(series: 500)
        #expect(pipeline.emitter.flush().isComplete)
        try pipeline.expectAccount(recorded: 500)
        let refused = collector.requests.filter { $0.answer == 413 }.count
        #expect(refused > 0)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.filter { $0.answer == 413 }.count == refused)
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 1000)
    }

    @Test func aSinglePointThatIsTooLargeIsLostAndNamed() throws {
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                HTTPAnswer(request.body.count > 8000 ? 413 : 200)
            })
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        let text = String(repeating: "x", count: 10_000)
        pipeline.emitter.meter("z").counter("giant").add(1, ["text": .string(text)])
        #expect(!pipeline.emitter.flush().isComplete)
        try pipeline.expectAccount(recorded: 4, lost: [.tooLarge: 1])
        _ = try #require(pipeline.told.text(containing: "\"giant\""))
    }

    @Test func pointsThatTheCollectorRejectsItselfAreCounted() throws {
        let answer = HTTPAnswer(
            200, body: #"{"partialSuccess":{"rejectedDataPoints":"2","errorMessage":"too old"}}"#)
        let collector = try ScriptedCollector(.answering(answer))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 5)
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 1)
        let totals = pipeline.emitter.totals
        #expect(totals.isBalanced)
        #expect((totals.delivered, totals.lostByReason) == (3, [.rejected: 2]))
        _ = try #require(pipeline.told.text(containing: "too old"))
    }
}
