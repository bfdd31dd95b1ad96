import InstrumentsTesting
import Testing

@testable import OTelEmitter

@Suite struct SpoolBudgetTests {
    private func time(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }

    /// A clock that is `step` nanoseconds later each time that it is read.
    private func clock(step: Int64) -> EmitterClock {
        let clock = SteppedClock(start: 0)
        let read: @Sendable () -> UInt64 = {
            defer { clock.advance(by: .nanoseconds(step)) }
            return clock.now()
        }
        return .stepped(uptime: read, wall: { 1 })
    }

    @Test func stepsAreLimited() {
        var budget = SpoolBudget(clock(step: 0), until: time(1000))
        var steps = 0
        while budget.spend() { steps += 1 }
        #expect(steps == SpoolBudget.stepLimit)
        #expect(budget.isSpent)
    }

    @Test func timeIsLimited() {
        // A millisecond for each step.
        var budget = SpoolBudget(clock(step: 1_000_000), until: time(1000))
        var steps = 0
        while budget.spend() { steps += 1 }
        #expect((8...10).contains(steps), "\(steps)")
        #expect(budget.isSpent)
    }

    @Test func theDeadlineEndsItEarlier() {
        var budget = SpoolBudget(clock(step: 1_000_000), until: time(3))
        var steps = 0
        while budget.spend() { steps += 1 }
        #expect(steps <= 3)
        var late = SpoolBudget(clock(step: 0), until: time(-1))
        let isAllowed = late.spend()
        #expect(late.isSpent && !isAllowed)
    }
}
