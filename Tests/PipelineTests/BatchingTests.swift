import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Collections that do not fit into one request.
@Suite struct BatchingTests {
    @Test func pointsDivideARequest() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.batchLimits.points = 7 }
        pipeline.count(series: 50)
        #expect(pipeline.emitter.flush().isComplete)
        let sizes = try collector.requests.map { try $0.points().count }
        #expect(sizes == [7, 7, 7, 7, 7, 7, 7, 1])
        try expectWholeAndInOrder(collector, series: 50)
        try pipeline.expectAccount(recorded: 50)
    }

    @Test func bytesDivideARequest() throws {
        let collector = try ScriptedCollector()
        let limit = 3000
        let pipeline = try Pipeline.make(to: collector) { $0.batchLimits.bytes = limit }
        pipeline.count(series: 100)
        #expect(pipeline.emitter.flush().isComplete)
        let sizes = collector.requests.map(\.body.count)
        #expect(sizes.count > 2)
        #expect(sizes.allSatisfy { $0 <= limit })
        #expect(sizes.dropLast().allSatisfy { $0 > limit / 2 })
        try expectWholeAndInOrder(collector, series: 100)
        try pipeline.expectAccount(recorded: 100)
    }

    @Test func pointLargerThanTheLimitTravelsAlone() throws {
        let collector = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: collector) { $0.batchLimits.bytes = 1000 }
        let counter = pipeline.emitter.meter("pipeline").counter("events")
        counter.add(1, ["index": 0])
        counter.add(1, ["index": 1, "text": .string(String(repeating: "x", count: 2000))])
        counter.add(1, ["index": 2])
        #expect(pipeline.emitter.flush().isComplete)
        let sizes = try collector.requests.map { try $0.points().count }
        #expect(sizes == [1, 1, 1])
        try pipeline.expectAccount(recorded: 3)
    }

    @Test func refusedBatchLeavesTheOthersAlone() throws {
        let collector = try ScriptedCollector(.answering(200, 400, 200))
        let pipeline = try Pipeline.make(to: collector) { $0.batchLimits.points = 10 }
        pipeline.count(series: 30)
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(collector.requests.map(\.answer) == [200, 400, 200])
        try pipeline.expectAccount(recorded: 30, lost: [.rejected: 10])
    }

    @Test func outageInTheMiddleKeepsTheOrder() throws {
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readRequest, .reset))
        let pipeline = try Pipeline.make(to: collector) { $0.batchLimits.points = 10 }
        pipeline.count(series: 30)
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(collector.requests.map(\.answer) == [200, nil, 200, 200])
        try expectWholeAndInOrder(collector, series: 30)
        try pipeline.expectAccount(recorded: 30)
    }

    /// Every series once, one time for all, requests in the order of the collection.
    private func expectWholeAndInOrder(
        _ collector: ScriptedCollector, series: Int,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let points = try collector.acceptedPoints()
        let expected = Set((0..<series).map { "{index=int \($0)}" })
        #expect(points.count == series, sourceLocation: sourceLocation)
        #expect(Set(points.map(\.attributes)) == expected, sourceLocation: sourceLocation)
        #expect(Set(points.map(\.time)).count == 1, sourceLocation: sourceLocation)
        // The same collection in one piece tells the order.
        let whole = try ScriptedCollector()
        let pipeline = try Pipeline.make(to: whole)
        pipeline.count(series: series)
        #expect(pipeline.emitter.flush().isComplete, sourceLocation: sourceLocation)
        let order = try whole.acceptedPoints().map(\.attributes)
        #expect(points.map(\.attributes) == order, sourceLocation: sourceLocation)
    }
}
