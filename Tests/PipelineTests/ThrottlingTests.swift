import OTelEmitter
import TestSupport
import Testing

/// A collector that asks to be left alone.
@Suite struct ThrottlingTests {
    @Test(arguments: [429, 503])
    func retryAfterIsWaitedFor(status: Int) throws {
        let time = SteppedTime()
        let busy = HTTPAnswer(status, headers: [("Retry-After", "100")])
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .answer(busy), .readRequest, .answer(HTTPAnswer(200)),
                loopingFrom: 2))
        let pipeline = try Pipeline.make(to: collector) { $0.clock = time.clock }
        pipeline.count(series: 2)
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(20)).isComplete)
        _ = try #require(pipeline.told.text(containing: "\(status)"))
        time.pass(.seconds(98), for: pipeline.emitter)
        #expect(collector.requests(atLeast: 2, within: .milliseconds(50)) == nil)
        // A flush interrupts our own back-off, not what the server asked for.
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(20)).isComplete)
        #expect(collector.requests.count == 1)
        // The longest back-off after one failure is a second.
        time.pass(.seconds(4), for: pipeline.emitter)
        _ = try #require(collector.requests(atLeast: 3))
        #expect(pipeline.emitter.flush().isComplete)
        try pipeline.expectAccount(recorded: 6)
    }

    @Test func aShutdownTriesOnceMoreWhateverIsAsked() throws {
        let busy = HTTPAnswer(429, headers: [("Retry-After", "3600")])
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .answer(busy), .readRequest, .answer(HTTPAnswer(200)),
                loopingFrom: 2))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(!pipeline.emitter.flush(timeout: .milliseconds(20)).isComplete)
        // By then the answer was read, however slow the machine is.
        _ = try #require(pipeline.told.text(containing: "429"))
        #expect(pipeline.emitter.shutdown().isComplete)
        try pipeline.expectAccount(recorded: 2)
    }

    @Test(arguments: ["-1", "soon", "0", "", "Sun, 06 Nov 1994 08:49:37 GMT"])
    func whatIsNoDemandLeavesOurOwnBackOff(text: String) throws {
        let busy = HTTPAnswer(503, headers: [("Retry-After", text)])
        let collector = try ScriptedCollector(
            ConnectionScript(
                .readRequest, .answer(busy), .readRequest, .answer(HTTPAnswer(200)),
                loopingFrom: 2))
        let pipeline = try Pipeline.make(to: collector)
        pipeline.count()
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.map(\.answer) == [503, 200])
        try pipeline.expectAccount(recorded: 1)
    }
}
