import Testing

@testable import OTelEmitter

@Suite struct OutageLinesTests {
    private func at(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    /// Seconds from one reminder to the next.
    private let interval = OutageReport.reminderInterval.components.seconds

    @Test func theFirstFailureIsToldAndThenOneInEachInterval() {
        var lines = OutageLines(hourlyLimit: 1000)
        var told: [Int64] = []
        for second in 0...(3 * interval) where lines.failed(at: at(second)) { told.append(second) }
        #expect(told == [0, interval, 2 * interval, 3 * interval])
    }

    @Test func theEndIsToldOnceWithTheTimeSinceTheFirstFailure() {
        var lines = OutageLines(hourlyLimit: 10)
        #expect(lines.worked(at: at(0)) == nil)
        _ = lines.failed(at: at(10))
        _ = lines.failed(at: at(11))
        #expect(lines.worked(at: at(17)) == .seconds(7))
        #expect(lines.worked(at: at(18)) == nil)
        #expect(lines.failed(at: at(19)) == true)
        #expect(lines.worked(at: at(20)) == .seconds(1))
    }

    /// However often it fails and works again.
    @Test func anHourHasNoMoreLinesThanItsLimit() {
        var lines = OutageLines(hourlyLimit: 6)
        var told = 0
        for second in 0..<100 as Range<Int64> {
            if lines.failed(at: at(2 * second)) { told += 1 }
            if lines.worked(at: at(2 * second + 1)) != nil { told += 1 }
        }
        #expect(told == 6)
        // What was not told has no end either.
        #expect(lines.failed(at: at(1000)) == false)
        #expect(lines.worked(at: at(1001)) == nil)
        #expect(lines.failed(at: at(2 * 3600)) == true)
    }
}
