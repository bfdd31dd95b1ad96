import Synchronization
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct WaiterTests {
    private func report(_ delivered: Int = 1) -> DeliveryReport {
        var totals = DeliveryTotals()
        totals.delivered = delivered
        return DeliveryReport(isComplete: true, totals: totals)
    }

    @Test func anAnswerThatIsThereIsGivenWhateverTheDeadline() {
        for deadline in [MonotonicTime.now(), MonotonicTime(nanoseconds: .min), .distantFuture] {
            let waiter = Waiter()
            waiter.resume(report())
            #expect(waiter.wait(until: deadline) == report())
        }
    }

    @Test(arguments: [Int64.min, -1_500_000_000, -1, 0, 1])
    func aDeadlineThatHasPassedReturnsAtOnce(nanoseconds: Int64) {
        #expect(Waiter().wait(until: MonotonicTime(nanoseconds: nanoseconds)) == nil)
    }

    @Test func withoutAnAnswerTheDeadlineHolds() {
        let tolerance = Tolerance()
        let deadline = MonotonicTime.now() + .milliseconds(20)
        #expect(Waiter().wait(until: deadline) == nil)
        let late = MonotonicTime.now() - deadline
        #expect(late >= .zero)
        #expect(late < tolerance.limit)
    }

    @Test func theFirstAnswerCounts() {
        let waiter = Waiter()
        waiter.resume(report(1))
        waiter.resume(report(2))
        #expect(waiter.wait(until: .now()) == report(1))
        #expect(waiter.wait(until: .now()) == report(1))
    }

    @Test func anAnswerOfAnotherThreadWakesAllWhoWait() {
        let waiter = Waiter()
        let answers = Mutex<[DeliveryReport?]>([])
        let line = StartLine(5)
        Threads.run(5) { index in
            line.wait()
            if index == 0 {
                waiter.resume(report(7))
            } else {
                let answer = waiter.wait(until: .now() + .seconds(30))
                answers.withLock { $0.append(answer) }
            }
        }
        #expect(answers.withLock { $0 } == Array(repeating: report(7), count: 4))
    }

    @Test func aTaskIsAnsweredOnceWhoeverComesFirst() async {
        for _ in 0..<200 {
            let waiter = Waiter()
            async let answer = waiter.value()
            await Task.yield()
            waiter.resume(report(3))
            waiter.resume(report(4))
            #expect(await answer == report(3))
        }
    }

    @Test func aTaskThatComesLateGetsTheAnswer() async {
        let waiter = Waiter()
        waiter.resume(report())
        #expect(await waiter.value() == report())
    }
}
