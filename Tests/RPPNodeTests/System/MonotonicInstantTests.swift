import Testing

@testable import rpp_node

struct MonotonicInstantTests {
    private func at(_ nanoseconds: Int64) -> MonotonicInstant {
        MonotonicInstant(nanoseconds: nanoseconds)
    }

    @Test func theClockNeverRunsBackwards() {
        let readings = (0..<1000).map { _ in MonotonicInstant.now }
        #expect(readings == readings.sorted())
    }

    @Test func durationsLeadFromOneInstantToTheOther() {
        #expect(at(5_000_000_000).since(at(2_000_000_000)) == .seconds(3))
        #expect(at(1).since(at(3)) == .nanoseconds(-2))
        #expect(at(1).advanced(by: .milliseconds(2)) == at(2_000_001))
    }

    @Test func whatIsTooFarAwayIsTheFarthest() {
        #expect(at(1).advanced(by: .seconds(Int64.max)) == at(.max))
        #expect(at(-2).advanced(by: .seconds(Int64.min)) == at(.min))
    }

    @Test func pollWaitsAreRoundedUpAndNeverNegative() {
        #expect(Duration.nanoseconds(1).pollMilliseconds == 1)
        #expect(Duration.milliseconds(20).pollMilliseconds == 20)
        #expect(Duration.microseconds(20_001).pollMilliseconds == 21)
        #expect(Duration.seconds(-5).pollMilliseconds == 0)
        #expect(Duration.seconds(1 << 40).pollMilliseconds == .max)
    }
}
