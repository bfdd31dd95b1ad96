import OTelEmitter
import Testing
import TestBench

/// What the collector's answer means.
@Suite struct AnswerTests {
    @Test(arguments: [400, 401, 403, 404, 405, 408, 415, 500, 501])
    func refusalIsFinalAndDeclaredLost(status: Int) throws {
        let collector = try ScriptedCollector(.answering(status, 200))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 3)
        let report = pipeline.emitter.flush()
        #expect(!report.isComplete)
        #expect(report.totals.lostByReason == [.rejected: 3])
        #expect(collector.requests.count == 1)
        #expect(pipeline.told.kinds == ["rejected"])
        #expect(pipeline.told.text(containing: "\(status)") != nil)
        // The next collection carries the values.
        #expect(pipeline.emitter.flush().isComplete)
        try pipeline.expectAccount(recorded: 6, lost: [.rejected: 3])
    }

    @Test(arguments: [301, 302, 307, 308])
    func redirectIsNotFollowed(status: Int) throws {
        let elsewhere = try ScriptedCollector()
        let answer = HTTPAnswer(status, headers: [("Location", elsewhere.endpoint)])
        let collector = try ScriptedCollector(.answering(answer))
        let pipeline = try Pipeline.make(to: collector) {
            $0.headers = [HTTPHeader("authorization", "Bearer s3cr3t")].compactMap { $0 }
        }
        pipeline.count()
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 1)
        #expect(elsewhere.connections == 0)
        let text = try #require(pipeline.told.text(containing: "redirect"))
        #expect(!text.contains("s3cr3t"))
        try pipeline.expectAccount(recorded: 1, lost: [.rejected: 1])
    }

    @Test(
        arguments: [
            HTTPAnswer(200, body: ""),
            HTTPAnswer(200, body: "<html>It works!</html>"),
            HTTPAnswer(200, body: "{\"partialSuccess\":{}}"),
            HTTPAnswer(200, body: "{\"partialSuccess\":"),
            HTTPAnswer(202),
            HTTPAnswer(204),
            HTTPAnswer(299),
        ])
    func anySuccessIsFinalWhateverItsBody(answer: HTTPAnswer) throws {
        let collector = try ScriptedCollector(.answering(answer))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 2)
        #expect(collector.connections == 1)
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 4)
    }

    @Test func successWhoseBodyIsCutOffIsFinal() throws {
        var answer = HTTPAnswer(200)
        answer.declaredLength = 1000
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(answer)))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 1)
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func successWhoseBodyNeverEndsIsFinal() throws {
        var answer = HTTPAnswer(200)
        answer.declaredLength = 1000
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(answer), .hold))
        let pipeline = try Pipeline.make(to: collector) { $0.timeout = .milliseconds(100) }
        pipeline.count(series: 2)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 1)
        #expect(pipeline.told.all == [])
        try pipeline.expectAccount(recorded: 2)
    }

    @Test func interimAnswerIsNotTheAnswer() throws {
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .answer(HTTPAnswer(100)), .answer(HTTPAnswer(503)), .hold))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(700)).isComplete)
        #expect(pipeline.told.text(containing: "503") != nil)
        try pipeline.expectAccount(recorded: 1, pending: 1)
    }
}
