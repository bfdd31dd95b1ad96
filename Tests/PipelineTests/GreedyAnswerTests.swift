import OTelEmitter
import TestSupport
import Testing

/// Answers that are made to take memory (H10), each in a process where nothing else runs.
@Suite struct GreedyAnswerTests {
    /// What an answer may cost, in bytes: a little more than what is read of it.
    private static let budget = 5 << 20

    /// Gets the same answer twice, and looks at what it costs the second time: then all code has
    /// run before, and nothing of the first is left.
    private static func expectCheap(_ answer: HTTPAnswer) throws {
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .answer(answer)),
            ConnectionScript(
                .readRequest, .answer(HTTPAnswer(200)), .readRequest, .answer(answer)))
        let pipeline = try Pipeline.make(to: collector)
        func send() {
            pipeline.count()
            #expect(pipeline.emitter.flush(timeout: .seconds(30)).isComplete)
        }
        send()
        send()
        try OwnProcess.forgetPeakMemory()
        let before = try OwnProcess.peakMemory()
        send()
        let growth = try OwnProcess.peakMemory() - before
        #expect(growth <= budget, "\(growth) bytes")
        #expect(growth > 0)
        #expect(collector.requests.map(\.answer) == [200, 200, 200])
        try pipeline.expectAccount(recorded: 3)
    }

    /// What is no gzip would show nothing.
    @Test func theBombUnpacks() throws {
        let body = try GzipBomb.body(mebibytes: 200)
        #expect(body.count < 1 << 18)
        #expect(try GzipReader.decompress(body).count == 200 << 20)
    }

    @Test func aGzipBombIsNotUnpacked() async {
        await #expect(processExitsWith: .success) {
            var bomb = HTTPAnswer(200, headers: [("Content-Encoding", "gzip")])
            bomb.body = try GzipBomb.body(mebibytes: 1100)
            try GreedyAnswerTests.expectCheap(bomb)
        }
    }

    @Test func tenGibibytesAreNotKept() async {
        await #expect(processExitsWith: .success) {
            var endless = HTTPAnswer(200)
            endless.body = Array(repeating: UInt8(ascii: " "), count: 1 << 20)
            endless.repetitions = 10_240
            try GreedyAnswerTests.expectCheap(endless)
        }
    }
}
