import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct ExportMailboxTests {
    private func make(pending: Int = 0, rejected: Int = 0) -> ExportMailbox {
        let mailbox = ExportMailbox()
        var totals = DeliveryTotals()
        totals.recorded = pending + rejected
        totals.pending = pending
        totals.lose(rejected, .rejected)
        mailbox.publish(totals)
        return mailbox
    }

    private func request(_ deadline: Int64 = 100) -> ExportMailbox.Request {
        ExportMailbox.Request(
            waiter: Waiter(), deadline: MonotonicTime(nanoseconds: deadline))
    }

    private func answer(_ request: ExportMailbox.Request) -> DeliveryReport? {
        request.waiter.wait(until: .now())
    }

    @Test func flushesAreTakenUpOnceAndShutdownsStay() {
        let mailbox = make()
        #expect(mailbox.requestFlush(request()))
        #expect(mailbox.requestFlush(request()))
        #expect(mailbox.requestShutdown(request()))
        let first = mailbox.take()
        #expect((first.flushes.count, first.shutdowns.count) == (2, 1))
        let second = mailbox.take()
        #expect((second.flushes.count, second.shutdowns.count) == (0, 1))
        #expect(!second.isAbandoned)
    }

    @Test func theEarliestShutdownIsTheCutoff() {
        let mailbox = make()
        #expect(mailbox.cutoff() == .distantFuture)
        _ = mailbox.requestFlush(request(10))
        #expect(mailbox.cutoff() == .distantFuture)
        _ = mailbox.requestShutdown(request(300))
        _ = mailbox.requestShutdown(request(200))
        #expect(mailbox.cutoff() == MonotonicTime(nanoseconds: 200))
        mailbox.abandon()
        #expect(mailbox.cutoff() == MonotonicTime(nanoseconds: .min))
        #expect(mailbox.take().isAbandoned)
    }

    /// Nothing lost and nothing pending is no success if nobody came to collect.
    @Test func theReportTellsWhetherTheEmitterCameToCollect() {
        let (served, left) = (make(), make())
        #expect(!served.report.isServed)
        #expect(served.close().isServed && served.report.isServed)
        #expect(!left.close(isServed: false).isServed)
        #expect(!left.close(isServed: true).isServed)
    }

    @Test func closingDeclaresWhatWaitsLostAndAnswersAll() {
        let mailbox = make(pending: 5)
        let (flush, shutdown) = (request(), request())
        _ = mailbox.requestFlush(flush)
        _ = mailbox.requestShutdown(shutdown)
        mailbox.close()
        #expect(mailbox.totals.description == "recorded=5 delivered=0 pending=0 lost=5")
        #expect(mailbox.totals.lostByReason == [.shutdown: 5])
        for request in [flush, shutdown] {
            #expect(answer(request)?.isComplete == false)
            #expect(answer(request)?.totals == mailbox.totals)
        }
    }

    @Test func closingWithNothingLostIsComplete() {
        let mailbox = make()
        let shutdown = request()
        _ = mailbox.requestShutdown(shutdown)
        mailbox.close()
        #expect(answer(shutdown)?.isComplete == true)
    }

    @Test func anEarlierLossMakesAClosingIncomplete() {
        let mailbox = make(rejected: 1)
        let shutdown = request()
        _ = mailbox.requestShutdown(shutdown)
        mailbox.close()
        #expect(answer(shutdown)?.isComplete == false)
    }

    @Test func nothingChangesAfterClosing() {
        let mailbox = make(pending: 2)
        mailbox.close()
        let totals = mailbox.totals
        mailbox.close()
        mailbox.publish(DeliveryTotals())
        #expect(mailbox.totals == totals)
        #expect(!mailbox.requestFlush(request()))
        #expect(!mailbox.requestShutdown(request()))
    }

    @Test func theLastCollectionIsKept() {
        let mailbox = make()
        #expect(mailbox.lastCollection == nil)
        let snapshot = RandomSnapshot.make(seed: 1)
        mailbox.publish(snapshot)
        #expect(mailbox.lastCollection == snapshot)
    }

    @Test func whoeverRacesWithTheClosingIsAnsweredOrRefused() {
        for _ in 0..<200 {
            let mailbox = make()
            let line = StartLine(2)
            Threads.run(2) { index in
                let request = request()
                line.wait()
                if index == 0 {
                    mailbox.close()
                } else if mailbox.requestFlush(request) {
                    #expect(request.waiter.wait(until: .now() + .seconds(30)) != nil)
                }
            }
        }
    }
}
