import Instruments
import OTelEmitter
import TestSupport
import Testing

/// What is delivered when there is much of it (scenario D8). Random contents, read by the official
/// parsers (D9): `OracleTests`.
@Suite struct DeliveryDataScenarioTests {
    @Test func d8_thirtyMebibytesAreDividedInOrderWithOneTime() throws {
        let collector = try ScriptedCollector()
        let scenario = try Scenario.make(to: collector)
        let counter = scenario.emitter.meter("m").counter("c", of: Int.self)
        let text = String(repeating: "x", count: 31 << 10)
        for index in 0..<1000 {
            counter.add(index, ["index": .int(Int64(index)), "text": .string(text)])
        }
        #expect(scenario.flush(within: .seconds(60)).isComplete)
        let requests = collector.requests
        #expect(requests.reduce(0) { $0 + $1.body.count } > 30 << 20)
        #expect(requests.allSatisfy { $0.body.count <= 2 << 20 })
        let points = try collector.acceptedPoints()
        #expect(Set(points.map(\.time)).count == 1)
        #expect(Set(points.map(\.attributes)).count == 1000)
        // The order is that of one large request.
        let whole = try ScriptedCollector()
        let other = try Pipeline.make(to: whole) { $0.batchLimits.bytes = 1 << 30 }
        let same = other.emitter.meter("m").counter("c", of: Int.self)
        for index in 0..<1000 {
            same.add(index, ["index": .int(Int64(index)), "text": "short"])
        }
        #expect(other.emitter.flush().isComplete)
        #expect(try points.map(\.value) == whole.acceptedPoints().map(\.value))
        #expect(scenario.told.all == [])
        try scenario.expectHolds(recorded: 1000)
    }
}
