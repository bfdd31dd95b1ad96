import Instruments
import InstrumentsTesting
import Testing

@Suite struct SteppedClockTests {
    @Test func itStandsUntilItIsMoved() {
        let clock = SteppedClock(start: 1_000_000_000)
        #expect(clock.now() == clock.now())
        clock.advance(by: .milliseconds(1500))
        #expect(clock.now() == 2_500_000_000)
        clock.advance(by: .seconds(-2))
        #expect(clock.now() == 500_000_000)
    }

    @Test func aProviderTakesItsTimesFromIt() {
        let clock = SteppedClock()
        let provider = MeterProvider(now: clock.now, uptime: { 0 })
        let start = clock.now()
        provider.meter("m").counter("c").add(1)
        clock.advance(by: .seconds(60))
        // A provider never gives the same instant twice, so some nanoseconds may be added.
        let time = provider.collect().time
        #expect(time >= start + 60_000_000_000 && time < start + 60_000_001_000)
    }
}
