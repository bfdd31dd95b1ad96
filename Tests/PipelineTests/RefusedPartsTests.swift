import Instruments
import OTelEmitter
import TestSupport
import Testing

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

    /// More bad metrics than one search may look for, and time for a few more.
    @Test func aShutdownSearchesOn() throws {
        let collector = try judging { points in
            points.contains { $0.metric.contains("bad") } ? 400 : 200
        }
        let pipeline = try Pipeline.make(to: collector)
        let meter = pipeline.emitter.meter("m")
        for index in 0..<64 { meter.counter("good\(index)").add(1) }
        #expect(pipeline.emitter.flush().isComplete)
        for index in 0..<8 { meter.counter("zbad\(index)").add(1) }
        #expect(!pipeline.emitter.shutdown(timeout: .seconds(20)).isComplete)
        try pipeline.expectAccount(recorded: 136, lost: [.rejected: 8])
    }

    /// A pipeline that has delivered 64 good metrics, and then has four bad ones, all in one half.
    private func makeWithBadMetrics(
        _ configure: (inout EmitterConfiguration) -> Void = { _ in }
    ) throws -> Pipeline {
        let collector = try judging { points in
            points.contains { $0.metric.contains("bad") } ? 400 : 200
        }
        let pipeline = try Pipeline.make(to: collector, configure: configure)
        let meter = pipeline.emitter.meter("m")
        for index in 0..<64 { meter.counter("good\(index)").add(1) }
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        for index in 0..<4 { meter.counter("zbad\(index)").add(1) }
        return pipeline
    }

    /// Who waits gets all of the bad metrics found; they are left out from then on.
    @Test func aFlushSearchesOnAndWhatItFoundIsLeftOut() throws {
        let pipeline = try makeWithBadMetrics()
        #expect(!pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        try pipeline.expectAccount(recorded: 132, lost: [.rejected: 4])
        let before = pipeline.collector.requests.count
        #expect(!pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        // The whole, and what is not bad.
        #expect(pipeline.collector.requests.count == before + 2)
        try pipeline.expectAccount(recorded: 200, lost: [.rejected: 8])
    }

    /// With a few requests in an interval, each finds some of the bad metrics: nothing waits for
    /// long, and in the end only the bad ones are missing.
    @Test func manyBadMetricsHoldNothingUp() throws {
        let time = SteppedTime()
        let interval = Duration.seconds(60)
        let pipeline = try makeWithBadMetrics {
            $0.clock = time.clock
            $0.exportInterval = interval
        }
        var delivered = 0
        for round in 1...10 {
            delivered = pipeline.emitter.totals.delivered
            time.pass(interval, for: pipeline.emitter)
            #expect(eventually { pipeline.emitter.totals.recorded == 64 + 68 * round })
            // It is done with it, or has had its requests.
            _ = eventually(within: .seconds(3)) { pipeline.emitter.totals.pending == 0 }
            #expect(pipeline.emitter.totals.pending <= 68, "round \(round)")
        }
        #expect(pipeline.emitter.totals.delivered == delivered + 64)
        let totals = pipeline.emitter.totals
        #expect(totals.isBalanced && totals.pending == 0)
        #expect(totals.delivered == (try pipeline.collector.acceptedPoints().count))
    }

    /// Bad metrics in both halves cost only themselves once they are found, without anybody waiting.
    @Test func badMetricsInBothHalvesAreFound() throws {
        let collector = try judging { points in
            points.contains { $0.metric.contains("bad") } ? 400 : 200
        }
        let time = SteppedTime()
        let interval = Duration.seconds(60)
        let pipeline = try Pipeline.make(to: collector) {
            $0.clock = time.clock
            $0.exportInterval = interval
        }
        let meter = pipeline.emitter.meter("m")
        let first = meter.counter("abad")
        for index in 0..<64 { meter.counter("good\(index)").add(1) }
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        first.add(1)
        meter.counter("zbad").add(1)
        var delivered = 0
        for round in 1...10 {
            delivered = pipeline.emitter.totals.delivered
            time.pass(interval, for: pipeline.emitter)
            #expect(eventually { pipeline.emitter.totals.recorded == 64 + 66 * round })
            _ = eventually(within: .seconds(3)) { pipeline.emitter.totals.pending == 0 }
        }
        #expect(pipeline.emitter.totals.delivered == delivered + 64)
        let totals = pipeline.emitter.totals
        #expect(totals.isBalanced && totals.pending == 0)
        #expect(totals.delivered == (try collector.acceptedPoints().count))
    }

    /// However many metrics are known to be bad, and wherever they stand.
    @Test func scatteredMetricsThatAreKnownCostNoRequests() throws {
        let collector = try judging { points in
            points.contains { $0.metric.contains("bad") } ? 400 : 200
        }
        let pipeline = try Pipeline.make(to: collector)
        let meter = pipeline.emitter.meter("m")
        meter.counter("aaa").add(1)
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        for index in 0..<30 {
            meter.counter("z\(index).good").add(1)
            meter.counter("z\(index).bad").add(1)
        }
        #expect(!pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        try pipeline.expectAccount(recorded: 62, lost: [.rejected: 30])
        let before = collector.requests.count
        #expect(!pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(collector.requests.count == before + 2)
        try pipeline.expectAccount(recorded: 123, lost: [.rejected: 60])
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

    @Test func aCollectorThatRefusesEveryPartIsToBlame() throws {
        let collector = try ScriptedCollector(.answering(200, 400))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        for index in 0..<8 {
            pipeline.emitter.meter("m").counter("c\(index)").add(1)
        }
        #expect(!pipeline.emitter.flush().isComplete)
        // One that was accepted, the whole of nine metrics, and two parts on each of four levels.
        #expect(collector.requests.count == 10)
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

    @Test func pointsThatTheCollectorRejectsInProtobufAreCounted() throws {
        var answer = HTTPAnswer(200, headers: [("Content-Type", "application/x-protobuf")])
        answer.body = [0x0A, 0x0B, 0x08, 0x03, 0x12, 0x07] + Array("too old".utf8)
        let collector = try ScriptedCollector(.answering(answer))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 5)
        #expect(!pipeline.emitter.flush().isComplete)
        let totals = pipeline.emitter.totals
        #expect(totals.isBalanced)
        #expect((totals.delivered, totals.lostByReason) == (2, [.rejected: 3]))
        _ = try #require(pipeline.told.text(containing: "too old"))
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
