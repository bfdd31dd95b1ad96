import OTelEmitter
import TestSupport
import Testing

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
        #expect(pipeline.told.text(containing: "refused") != nil)
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

    /// Points that a large answer rejects don't count as delivered.
    @Test func aLargeAnswerIsReadToo() throws {
        let message = String(repeating: "m", count: 70_000)
        let body =
            "{\"partialSuccess\":{\"errorMessage\":\"\(message)\",\"rejectedDataPoints\":\"3\"}}"
        let collector = try ScriptedCollector(.answering(HTTPAnswer(200, body: body)))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 5)
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(pipeline.told.text(containing: "refused 3 data points") != nil)
        let totals = pipeline.emitter.totals
        #expect(totals.isBalanced && totals.lostByReason == [.rejected: 3])
    }

    /// Whatever a receiver repeats of the request, in whatever form of answer.
    @Test(arguments: [
        HTTPAnswer(
            401, headers: [("Content-Type", "text/plain")],
            body: "invalid token: Bearer s3cr3t/x, key SECRET 123"),
        HTTPAnswer(400, body: #"{"message":"no s3cr3t\/x, no \u0053ECRET%20123"}"#),
        HTTPAnswer(301, headers: [("Location", "https://h/s3cr3t/x/v1?api-key=SECRET%20123")]),
        HTTPAnswer(503, headers: [("Content-Type", "text/plain")], body: "s3cr3t/x is busy"),
        HTTPAnswer(
            200,
            body:
                #"{"partialSuccess":{"rejectedDataPoints":1,"errorMessage":"of s3cr3t\/x"}}"#),
        HTTPAnswer(200, body: #"{"partialSuccess":{"errorMessage":"welcome, s3cr3t\/x"}}"#),
    ])
    func secretsThatAReceiverRepeatsAreNotShown(answer: HTTPAnswer) throws {
        let collector = try ScriptedCollector(otherwise: .answering(answer))
        let url = collector.endpoint + "?api-key=SECRET%20123"
        let pipeline = try Pipeline.make(to: collector) {
            $0.headers = [HTTPHeader("authorization", "Bearer s3cr3t/x")].compactMap { $0 }
            $0.endpoint = Endpoint(exactly: url) ?? $0.endpoint
        }
        pipeline.count()
        _ = pipeline.emitter.flush(timeout: .milliseconds(300))
        let text = try #require(pipeline.told.text(containing: "***"))
        #expect(!text.contains("s3cr3t") && !text.contains("SECRET"), "\(text)")
    }

    @Test(
        arguments: [
            (HTTPAnswer(200, body: ""), false),
            (HTTPAnswer(200, body: "<html>It works!</html>"), true),
            (HTTPAnswer(200, body: "{\"partialSuccess\":{}}"), false),
            (HTTPAnswer(200, body: "{\"partialSuccess\":"), true),
            (HTTPAnswer(202), false),
            (HTTPAnswer(204), false),
            (HTTPAnswer(299), false),
        ])
    func anySuccessIsFinalWhateverItsBody(answer: HTTPAnswer, warns: Bool) throws {
        let collector = try ScriptedCollector(.answering(answer))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count(series: 2)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.count == 2)
        #expect(collector.connections == 1)
        if warns { #expect(pipeline.told.text(containing: "says: ") != nil) }
        #expect(pipeline.told.kinds == (warns ? ["warns"] : []))
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
        #expect(pipeline.told.text(containing: "not whole") != nil)
        #expect(pipeline.told.kinds == ["warns"])
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
        #expect(pipeline.told.text(containing: "not whole") != nil)
        #expect(pipeline.told.kinds == ["warns"])
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
