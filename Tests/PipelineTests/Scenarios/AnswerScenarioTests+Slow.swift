import Instruments
import OTelEmitter
import TestSupport
import Testing

/// Collectors that are slow (scenarios H1 and H2).
extension AnswerScenarioTests {
    /// Bytes keep coming, and the time for all of them is over nonetheless.
    @Test func h1_anAnswerByteByByteEndsWithTheTotalTimeout() throws {
        var slow = HTTPAnswer(200)
        slow.pause = .milliseconds(200)
        let collector = try ScriptedCollector(.answering(slow))
        let scenario = try Scenario.make(to: collector)
        scenario.count(series: 3)
        #expect(!scenario.flush(within: .milliseconds(50)).isComplete)
        _ = try #require(collector.requests(atLeast: 1))
        scenario.pass(.seconds(9))
        #expect(scenario.told.all == [])
        scenario.pass(.seconds(2))
        _ = try #require(scenario.told.text(containing: "no answer in time"))
        #expect(scenario.flush().isComplete)
        #expect(collector.connections == 2)
        // The first answer had begun; nobody could read its status.
        let accepted = Set(try collector.acceptedPoints().map(\.time)).count
        #expect(accepted == 2)
        #expect(scenario.emitter.totals.delivered == 6)
        #expect(scenario.emitter.totals.isBalanced)
    }

    /// The status is known, so the batch is delivered, however slowly the rest comes.
    @Test func h1_aBodyThatTricklesIsNotWaitedFor() throws {
        let gate = Latch()
        defer { gate.open() }
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"
        let collector = try ScriptedCollector(
            ConnectionScript(.readRequest, .write(Array(head.utf8)), .wait(gate)))
        let scenario = try Scenario.make(to: collector) {
            $0.timeout = .seconds(36_000)
            $0.exportTimeout = .zero
        }
        scenario.count()
        let emitter = scenario.emitter
        let flush = Background { emitter.flush(timeout: .seconds(20)) }
        _ = try #require(collector.requests(atLeast: 1))
        #expect(
            eventually {
                scenario.pass(.seconds(1))
                return flush.isDone
            })
        // Its own deadline may have passed by this clock before the answer was given up.
        #expect(eventually { emitter.totals.pending == 0 })
        _ = try #require(scenario.told.text(containing: "not whole"))
        #expect(scenario.told.kinds == ["warns"])
        #expect(collector.requests.count == 1)
        #expect(emitter.totals.recorded == 1 && emitter.totals.delivered == 1)
    }

    /// A window that closes stops the export alone.
    @Test func h2_aServerThatDoesNotReadStopsNobodyWhoRecords() throws {
        let gate = Latch()
        let collector = try ScriptedCollector(ConnectionScript(.readBytes(1000), .wait(gate)))
        let scenario = try Scenario.make(to: collector) { $0.batchLimits.bytes = 64 << 20 }
        let large = String(repeating: "x", count: 200_000)
        let counter = scenario.emitter.meter("pipeline").counter("large")
        for index in 0..<60 {
            counter.add(1, ["index": .int(Int64(index)), "text": .string(large)])
        }
        #expect(!scenario.flush(within: .milliseconds(100)).isComplete)
        #expect(collector.hasConnections(atLeast: 1))
        let tolerance = Tolerance()
        let start = ContinuousClock.now
        for _ in 0..<1000 { scenario.count() }
        #expect(ContinuousClock.now - start < tolerance.limit)
        scenario.pass(.seconds(11))
        _ = try #require(scenario.told.text(containing: "no answer in time"))
        #expect(scenario.flush().isComplete)
        #expect(try scenario.pipeline.acceptedValues().last?.contains("int 1000") == true)
        gate.open()
        try scenario.expectHolds(recorded: 121)
    }
}
