import InstrumentsTesting
import TestSupport
import Testing

@testable import Instruments

@Suite struct InstrumentCollectorTests {
    /// A7.10: what is idle is told by the clock that never steps.
    @Test(arguments: [Int64(3_600), -3_600])
    func a7_10_aStepOfTheWallClockForgetsNoSeriesAndKeepsNone(seconds: Int64) {
        let second: UInt64 = 1_000_000_000
        let wall = SteppedClock(start: 1_000_000 * second)
        let uptime = SteppedClock(start: 5 * second)
        let provider = MeterProvider(
            idleExpiry: .seconds(1800), now: wall.now, uptime: uptime.now)
        let counter = provider.meter("m").counter("c")
        counter.add(1000, ["k": 1])
        func pass(_ time: UInt64) {
            wall.advance(by: .nanoseconds(time))
            uptime.advance(by: .nanoseconds(time))
        }
        #expect(provider.collected("c")?.values == [.int(1000)])
        pass(10 * second)
        #expect(provider.collected("c")?.values == [.int(1000)])
        wall.advance(by: .seconds(seconds))
        pass(10 * second)
        #expect(provider.collected("c")?.values == [.int(1000)])
        counter.add(1, ["k": 1])
        pass(10 * second)
        #expect(provider.collected("c")?.values == [.int(1001)])
        for _ in 0..<5 {
            pass(359 * second)
            #expect(provider.collected("c")?.values == [.int(1001)])
        }
        pass(10 * second)
        #expect(provider.collected("c") == nil)
    }
}
