import OTelEmitter
import TestSupport
import Testing

/// A second endpoint, used while the first one fails.
@Suite struct FailoverTests {
    private func make(
        _ first: ScriptedCollector, _ second: ScriptedCollector, _ time: SteppedTime = SteppedTime()
    ) throws -> Pipeline {
        let failover = try #require(Endpoint(exactly: second.endpoint))
        return try Pipeline.make(to: first) {
            $0.failoverEndpoint = failover
            $0.clock = time.clock
        }
    }

    @Test func theSecondTakesOverAtOnceAndIsLeftWhenTheFirstWorks() throws {
        let first = try ScriptedCollector(isListening: false)
        let second = try ScriptedCollector()
        let time = SteppedTime()
        let pipeline = try make(first, second, time)
        pipeline.count(series: 3)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(try second.acceptedPoints().count == 3)
        try first.startListening()
        time.pass(.seconds(60), for: pipeline.emitter)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(try first.acceptedPoints().count == 3)
        #expect(second.requests.count == 1)
        #expect(pipeline.told.kinds == ["failing", "recovered"])
        let totals = pipeline.emitter.totals
        #expect(totals.isBalanced)
        #expect(totals.delivered == 6)
    }

    @Test func theSecondIsNotAskedWhileTheFirstWorks() throws {
        let (first, second) = (try ScriptedCollector(), try ScriptedCollector())
        let pipeline = try make(first, second)
        for _ in 0..<3 {
            pipeline.count()
            #expect(pipeline.emitter.flush().isComplete)
        }
        #expect(second.connections == 0)
        try pipeline.expectAccount(recorded: 3)
    }

    @Test(arguments: [401, 404, 415, 500, 503])
    func whatTheFirstRefusesTheSecondMayTake(status: Int) throws {
        let first = try ScriptedCollector(.answering(status))
        let second = try ScriptedCollector()
        let pipeline = try make(first, second)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        #expect(first.requests.count == 1)
        #expect(try second.acceptedPoints().count == 1)
    }

    @Test func whatBothRefuseIsLost() throws {
        let (first, second) = (
            try ScriptedCollector(.answering(401)), try ScriptedCollector(.answering(403))
        )
        let pipeline = try make(first, second)
        pipeline.count()
        #expect(!pipeline.emitter.flush().isComplete)
        try pipeline.expectAccount(recorded: 1, lost: [.rejected: 1])
    }

    @Test func bothDownMeansHeldAndBothAreTried() throws {
        let first = try ScriptedCollector(isListening: false)
        let second = try ScriptedCollector(isListening: false)
        let pipeline = try make(first, second)
        pipeline.count()
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(50)).isComplete)
        try pipeline.expectAccount(recorded: 1, pending: 1)
        try second.startListening()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(pipeline.emitter.totals.delivered == 2)
    }
}
