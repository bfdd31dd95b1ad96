import Synchronization
import Testing

@testable import OTelEmitter

@Suite struct SpoolBudgetTests {
    private func time(_ milliseconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: milliseconds * 1_000_000)
    }

    /// A clock that is `step` nanoseconds later each time that it is read.
    private func clock(step: Int64) -> EmitterClock {
        let now = Ticker(step)
        return EmitterClock(now: { now.next() }, wall: { 1 })
    }

    private final class Ticker: Sendable {
        private let time = Atomic<Int64>(0)
        private let step: Int64

        init(_ step: Int64) { self.step = step }

        func next() -> MonotonicTime {
            let (old, _) = time.wrappingAdd(step, ordering: .relaxed)
            return MonotonicTime(nanoseconds: old)
        }
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
