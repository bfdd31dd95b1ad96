import OTelEmitter
import TestSupport
import Testing

/// A receiver that does not take gzip (H15).
@Suite struct CompressionRefusalTests {
    @Test(arguments: [400, 415])
    func gzipThatIsRefusedIsSentPlainOnceAndRemembered(status: Int) throws {
        let time = SteppedTime()
        let collector = try ScriptedCollector(
            otherwise: .judging { request in
                HTTPAnswer(request.header("Content-Encoding") == ["gzip"] ? status : 200)
            })
        let pipeline = try Pipeline.make(to: collector) {
            $0.compression = .gzip
            $0.clock = time.clock
        }
        pipeline.count(series: 3)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.map(\.answer) == [status, 200])
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.map(\.answer) == [status, 200, 200])
        // Tested again after a day.
        time.pass(.seconds(86_401), for: pipeline.emitter)
        #expect(pipeline.emitter.flush().isComplete)
        #expect(collector.requests.filter { $0.answer == status }.count == 2)
        #expect(collector.requests.last?.answer == 200)
        #expect(pipeline.emitter.totals.lost == 0)
        #expect(pipeline.emitter.totals.isBalanced)
    }

    @Test func aRefusalOfWhatIsPlainIsFinal() throws {
        let collector = try ScriptedCollector(.answering(415))
        let pipeline = try Pipeline.make(to: collector) { $0.compression = .gzip }
        pipeline.count()
        #expect(!pipeline.emitter.flush().isComplete)
        #expect(collector.requests.map { $0.header("Content-Encoding") } == [["gzip"], []])
        try pipeline.expectAccount(recorded: 1, lost: [.rejected: 1])
    }
}
