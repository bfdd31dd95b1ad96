import Testing

@testable import OTelEmitter

@Suite struct TransferCutoffTests {
    private let now = MonotonicTime.now()

    private func cutoff(_ shutdown: Duration?, hasSpool: Bool) -> Duration? {
        let mailbox = ExportMailbox()
        let waiter = Waiter()
        if let shutdown {
            _ = mailbox.requestShutdown(.init(waiter: waiter, deadline: now + shutdown))
        }
        let cutoff = TransferCutoff(mailbox, .system, hasSpool: hasSpool)
        let first = cutoff()
        // It is settled when it is first asked.
        #expect(cutoff() == first)
        return first == .distantFuture ? nil : first - now
    }

    @Test(arguments: [false, true]) func whileNobodyAsksThereIsNone(hasSpool: Bool) {
        #expect(cutoff(nil, hasSpool: hasSpool) == nil)
    }

    @Test func withoutADiskAllTimeIsForTheTransfer() {
        #expect(cutoff(.seconds(8), hasSpool: false) == .seconds(8))
    }

    @Test func withADiskAQuarterUpToASecondIsKept() throws {
        #expect(cutoff(.seconds(80), hasSpool: true) == .seconds(79))
        // Time passes between the test's look at the clock and the code's.
        let short = try #require(cutoff(.seconds(2), hasSpool: true))
        #expect(short >= .milliseconds(1500) && short < .milliseconds(1750))
        #expect(try #require(cutoff(.seconds(-1), hasSpool: true)) == .seconds(-1))
    }

    @Test func ofAnEmitterThatIsGoneItIsOver() {
        let mailbox = ExportMailbox()
        mailbox.abandon()
        let cutoff = TransferCutoff(mailbox, .system, hasSpool: true)
        #expect(cutoff() < now)
    }
}
