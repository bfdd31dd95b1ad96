import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct ProviderClockTests {
    @Test func theTimeIsTheWallClocks() {
        let wall = SteppedClock(start: 500)
        let clock = ProviderClock(wall.now)
        #expect(clock.now() == 500)
        wall.set(to: 900)
        #expect(clock.now() == 900)
    }

    @Test func theSameInstantIsNeverToldTwiceAndTimeNeverGoesBack() {
        let wall = SteppedClock(start: 500)
        let clock = ProviderClock(wall.now)
        #expect(clock.now() == 500)
        #expect(clock.now() == 501)
        wall.set(to: 10)
        #expect(clock.now() == 502)
        wall.set(to: 503)
        #expect(clock.now() == 503)
        wall.set(to: 0)
        #expect(clock.now() == 504)
    }

    @Test func afterAStepBackTimeGoesOnAtHalfSpeedUntilTheWallClockIsThere() {
        let (wall, uptime) = (SteppedClock(start: 10_000), SteppedClock(start: 100))
        let clock = ProviderClock(wall.now, uptime: uptime.now)
        #expect(clock.beginCollection() == 10_000)
        func advance(_ nanoseconds: UInt64) {
            wall.advance(by: .nanoseconds(nanoseconds))
            uptime.advance(by: .nanoseconds(nanoseconds))
        }
        wall.advance(by: .nanoseconds(-1000))
        advance(400)
        #expect(clock.now() == 10_200)
        #expect(clock.beginCollection() == 10_201)
        advance(400)
        #expect(clock.beginCollection() == 10_401)
        #expect(clock.unclaimed() == 10_401)
        // Twice the step later the two agree, and the wall clock leads again.
        advance(1200)
        #expect(clock.now() == 11_000)
        advance(100)
        #expect(clock.now() == 11_100)
    }

    @Test func aStepForwardIsFollowedAtOnce() {
        let (wall, uptime) = (SteppedClock(start: 10_000), SteppedClock(start: 100))
        let clock = ProviderClock(wall.now, uptime: uptime.now)
        _ = clock.beginCollection()
        wall.advance(by: .nanoseconds(1_000_000))
        #expect(clock.now() == 1_010_000)
    }

    @Test func aClockThatStandsAtZeroGivesNoZero() {
        #expect(ProviderClock { 0 }.now() > 0)
    }

    @Test func threadsNeverReadTheSameTime() {
        let clock = ProviderClock { 7 }
        let seen = Mutex<Set<UInt64>>([])
        Threads.run(8) { _ in
            let times = (0..<500).map { _ in clock.now() }
            #expect(times == times.sorted())
            seen.withLock { $0.formUnion(times) }
        }
        #expect(seen.withLock { $0.count } == 4000)
    }

    @Test func theSystemsClockIsInNanosecondsOfThisCentury() {
        #expect(WallClock.now() > 1_700_000_000_000_000_000)
        #expect(WallClock.now() < 4_000_000_000_000_000_000)
        let before = WallClock.uptime()
        #expect(before > 0)
        #expect(WallClock.uptime() >= before)
    }
}
