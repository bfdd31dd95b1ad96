import Instruments
import TestSupport
import Testing

@testable import RPPTelemetry

@Suite struct SnapshotTickerTests {
    @Test func itTicksAndALastTimeAtTheEnd() {
        let ticker = SnapshotTicker()
        let ticks = Monitor(0)
        #expect(ticker.start(every: .milliseconds(1)) { ticks.change { $0 += 1 } })
        #expect(eventually { ticks.change { $0 } >= 5 })
        ticker.requestEnd()
        #expect(ticker.hasEnded(within: .seconds(20)))
        #expect(ticks.change { $0 } >= 6)
    }

    /// Nobody waits an hour for the end of an hour's interval.
    @Test func theEndDoesNotWaitForTheInterval() {
        let ticker = SnapshotTicker()
        let ticks = Monitor(0)
        #expect(ticker.start(every: .seconds(3600)) { ticks.change { $0 += 1 } })
        ticker.requestEnd()
        #expect(ticker.hasEnded(within: .seconds(20)))
        #expect(ticks.change { $0 } == 1)
    }

    @Test func aBodyThatHangsIsNotWaitedFor() {
        let ticker = SnapshotTicker()
        let gate = Gate()
        #expect(ticker.start(every: .milliseconds(1)) { gate.pass() })
        #expect(eventually { gate.arrivals == 1 })
        ticker.requestEnd()
        #expect(!ticker.hasEnded(within: .milliseconds(20)))
        gate.open()
        #expect(ticker.hasEnded(within: .seconds(20)))
    }
}
