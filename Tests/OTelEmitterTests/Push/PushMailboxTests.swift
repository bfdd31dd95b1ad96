import Testing

@testable import OTelEmitter

@Suite struct PushMailboxTests {
    private let mailbox = PushMailbox()

    @Test func theNewestWaitsAndIsTakenOnce() {
        #expect(mailbox.offer([1]) == .waits)
        #expect(mailbox.offer([2]) == .supersedes)
        #expect(mailbox.take(isHolding: false).document == [2])
        #expect(mailbox.take(isHolding: true).document == nil)
        #expect(mailbox.totals.superseded == 1)
        #expect(mailbox.offer([3]) == .waits)
        // The one that the thread holds is superseded by it.
        #expect(mailbox.take(isHolding: true).document == [3])
        #expect(mailbox.totals.offered == 3 && mailbox.totals.superseded == 2)
    }

    @Test func afterTheEndIsAskedForNothingIsTaken() {
        #expect(mailbox.offer([1]) == .waits)
        mailbox.close(by: MonotonicTime(nanoseconds: 9))
        mailbox.close(by: MonotonicTime(nanoseconds: 5))
        mailbox.close(by: MonotonicTime(nanoseconds: 7))
        #expect(mailbox.offer([2]) == .closed)
        #expect(mailbox.cutoff() == MonotonicTime(nanoseconds: 5))
        #expect(mailbox.take(isHolding: false).end == MonotonicTime(nanoseconds: 5))
    }

    @Test(arguments: [true, false])
    func whatIsLeftAtTheEndIsAbandoned(isHolding: Bool) {
        if isHolding {
            _ = mailbox.offer([1])
            _ = mailbox.take(isHolding: false)
        }
        _ = mailbox.offer([2])
        #expect(!mailbox.hasEnded(by: .now()))
        mailbox.end(isHolding: isHolding)
        #expect(mailbox.hasEnded(by: .now()))
        let totals = mailbox.totals
        #expect(totals.abandoned == totals.offered)
        mailbox.end(isHolding: false)
        #expect(mailbox.totals == totals)
        #expect(mailbox.offer([3]) == .closed)
    }

    @Test func whoIsGoneIsNotWaitedFor() {
        mailbox.abandon()
        #expect(mailbox.take(isHolding: false).isAbandoned)
        #expect(mailbox.cutoff() == MonotonicTime(nanoseconds: .min))
        #expect(mailbox.offer([1]) == .closed)
    }
}
