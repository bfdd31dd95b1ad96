import SwiftOverlayShims
import Testing

@testable import OTelEmitter

@Suite struct MonotonicTimeTests {
    private func at(_ nanoseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: nanoseconds)
    }

    @Test func theClockNeverGoesBack() {
        let times = (0..<1000).map { _ in MonotonicTime.now() }
        #expect(times == times.sorted())
        #expect(times.allSatisfy { $0.nanoseconds > 0 && $0 < .distantFuture })
    }

    @Test(arguments: [
        (Int64(5), Duration.nanoseconds(3), Int64(8)), (5, .nanoseconds(-9), -4),
        (.max, .nanoseconds(1), .max), (.min, .nanoseconds(-1), .min),
        (5, .seconds(Int64.max), .max),
        (-5, .seconds(Int64.min), .min), (.max, .zero, .max),
    ])
    func additionIsHeldAtTheEndsOfTheRange(time: Int64, duration: Duration, sum: Int64) {
        #expect(at(time) + duration == at(sum))
    }

    @Test func differencesAreDurations() {
        #expect(at(12) - at(5) == .nanoseconds(7))
        #expect(at(5) - at(12) == .nanoseconds(-7))
        #expect(at(5) < at(6))
    }

    @Test(arguments: [
        (Int64.max, Int64(-1), Int64.max), (.max, .min, .max), (.min, 1, .min), (.min, .max, .min),
        (0, .min, .max),
    ])
    func differencesAreHeldAtTheEndsOfTheRange(left: Int64, right: Int64, expected: Int64) {
        #expect(at(left) - at(right) == .nanoseconds(Int(expected)))
    }

    @Test(
        arguments: [
            (Duration.zero, Int64(0)), (.nanoseconds(1), 1), (.milliseconds(-1), -1_000_000),
            (.seconds(Int64.max), .max), (.seconds(Int64.min), .min),
            (.seconds(1e20), .max), (.seconds(-1e20), .min),
            (.nanoseconds(Int64.max), .max), (.nanoseconds(Int64.min), .min),
            (.nanoseconds(-1_500_000_000), -1_500_000_000),
            (Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 0),
        ] as [(Duration, Int64)])
    func durationsAreHeldAtTheEndsOfTheRange(duration: Duration, nanoseconds: Int64) {
        #expect(duration.nanoseconds == nanoseconds)
    }

    @Test(arguments: [
        (Int64(0), 0, 0), (1, 0, 1), (1_500_000_000, 1, 500_000_000), (-1, 0, 0), (.min, 0, 0),
        (.max, 9_223_372_036, 854_775_807),
    ])
    func aTimespecIsAlwaysOneThatTheSystemTakes(nanoseconds: Int64, seconds: Int, rest: Int) {
        let time = at(nanoseconds).timespec
        #expect((time.tv_sec, time.tv_nsec) == (seconds, rest))
    }
}
