import OTelEmitter
import TestSupport
import Testing

/// What is sent again, and that nothing is lost or doubled by it.
@Suite struct RetryTests {
    @Test(arguments: [429, 502, 503, 504])
    func retryableStatusIsRetriedWithTheSameBytes(status: Int) throws {
        let collector = try ScriptedCollector(.answering(status, 200))
        let pipeline = try Pipeline.make(to: collector) { $0.compression = .gzip }
        pipeline.count(series: 5)
        let report = pipeline.emitter.flush(timeout: .seconds(20))
        #expect(report.isComplete)
        let requests = collector.requests
        #expect(requests.map(\.answer) == [status, 200])
        #expect(requests.first?.body == requests.last?.body)
        #expect(pipeline.told.kinds == ["failing", "recovered"])
        #expect(pipeline.told.text(containing: "\(status)") != nil)
        try pipeline.expectAccount(recorded: 5)
    }

    @Test(
        arguments: [
            ConnectionScript(.reset),
            ConnectionScript(.readBytes(10), .reset),
            ConnectionScript(.readRequest, .reset),
            // An orderly end in place of an answer.
            ConnectionScript(),
            ConnectionScript(.readRequest),
            ConnectionScript(.readBytes(300)),
        ])
    func connectionThatEndsWithoutAnAnswerIsRetried(script: ConnectionScript) throws {
        let collector = try ScriptedCollector(script)
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 5)
        let report = pipeline.emitter.flush(timeout: .seconds(20))
        #expect(report.isComplete)
        #expect(collector.connections == 2)
        #expect(collector.requests.filter(\.isAccepted).count == 1)
        #expect(Set(collector.requests.map(\.body)).count == 1)
        try pipeline.expectAccount(recorded: 5)
    }

    @Test func connectionThatWasClosedWhileIdleCostsNothing() throws {
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(HTTPAnswer(200))))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.isLeft())
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.map(\.connection) == [0, 1])
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func muteCollectorIsGivenUpAfterTheTimeoutAndTriedAgain() throws {
        let collector = try ScriptedCollector(.mute)
        let pipeline = try Pipeline.make(to: collector) { $0.timeout = .milliseconds(100) }
        pipeline.count(series: 2)
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(collector.connections == 2)
        #expect(pipeline.told.text(containing: "no answer in time") != nil)
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func timeoutHoldsForAnAnswerThatTrickles() throws {
        var slow = HTTPAnswer(200)
        slow.pause = .milliseconds(20)
        let collector = try ScriptedCollector(.answering(slow))
        let pipeline = try Pipeline.make(to: collector) { $0.timeout = .milliseconds(150) }
        pipeline.count()
        #expect(pipeline.emitter.flush(timeout: .seconds(20)).isComplete)
        #expect(collector.connections == 2)
        // The first answer began, and nobody could read its status line to the end.
        #expect(collector.requests.count == 2)
        #expect(pipeline.emitter.totals.description == "recorded=1 delivered=1 pending=0 lost=0")
        #expect(pipeline.emitter.totals.isBalanced)
    }

    @Test func slowAnswerInTimeIsRead() throws {
        var slow = HTTPAnswer(200)
        slow.pause = .milliseconds(1)
        let collector = try ScriptedCollector(.answering(slow))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.connections == 1)
        try pipeline.expectAccount(recorded: 1)
    }

    @Test func storedAnswerOfAnEarlierRequestIsNotTakenForThisOne() throws {
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(HTTPAnswer(200)), .readRequest, .reset),
            otherwise: ConnectionScript(.readRequest, .reset))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(100)).isComplete)
        try pipeline.expectAccount(recorded: 2, pending: 1)
        let report = pipeline.emitter.shutdown(timeout: .milliseconds(100))
        #expect(!report.isComplete)
        try pipeline.expectAccount(recorded: 3, lost: [.shutdown: 2])
    }
}
