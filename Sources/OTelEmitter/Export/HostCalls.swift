internal import Glibc
internal import Instruments

/// How callers of `flush` and `shutdown` ask the emitter's thread and wait for its answer: from a
/// thread, or from a task; never beyond their timeout.
struct HostCalls: Sendable {
    private let mailbox: ExportMailbox
    private let clock: EmitterClock
    /// The thread that answers.
    private let thread: ThreadStart
    /// The process that has the emitter's thread; a forked child has not.
    private let process = getpid()

    init(_ mailbox: ExportMailbox, _ clock: EmitterClock, _ thread: ThreadStart) {
        self.mailbox = mailbox
        self.clock = clock
        self.thread = thread
    }

    func flush(_ timeout: Duration) -> DeliveryReport {
        if isForked { return Self.nothing }
        guard thread.retry() else { return mailbox.report }
        let request = makeRequest(timeout)
        guard mailbox.requestFlush(request) else { return mailbox.report }
        return request.waiter.wait(until: .now() + timeout) ?? mailbox.report
    }

    func flush(_ timeout: Duration) async -> DeliveryReport {
        if isForked { return Self.nothing }
        guard thread.retry() else { return mailbox.report }
        let request = makeRequest(timeout)
        guard mailbox.requestFlush(request) else { return mailbox.report }
        return await answer(to: request, within: timeout)
    }

    /// - Parameter tell: told the totals each time that `interval` is over.
    func shutDown(
        _ timeout: Duration, every interval: Duration = .seconds(Int64(Int32.max)),
        tell: (DeliveryTotals) -> Void = { _ in }
    ) -> DeliveryReport {
        if isForked { return Self.nothing }
        guard thread.retry() else { return endWithoutThread() }
        let request = makeRequest(timeout, margin: true)
        guard mailbox.requestShutdown(request) else { return mailbox.report }
        let end = MonotonicTime.now() + (timeout + .milliseconds(1))
        while true {
            let next = min(end, .now() + interval)
            if let answer = request.waiter.wait(until: next) { return answer }
            if next == end { return mailbox.close(isServed: false) }
            tell(mailbox.totals)
        }
    }

    func shutDown(_ timeout: Duration) async -> DeliveryReport {
        if isForked { return Self.nothing }
        guard thread.retry() else { return endWithoutThread() }
        let request = makeRequest(timeout, margin: true)
        guard mailbox.requestShutdown(request) else { return mailbox.report }
        let report = await answer(to: request, within: timeout)
        return report.isComplete ? report : mailbox.close(isServed: false)
    }

    var totals: DeliveryTotals { isForked ? Self.nothing.totals : mailbox.totals }

    var lastCollection: MetricsSnapshot? { isForked ? nil : mailbox.lastCollection }

    /// The emitter is gone.
    func abandon() {
        if isForked { return }
        thread.giveUp()
        mailbox.abandon()
    }

    /// Somebody makes a meter: a good time to ask for the thread again if it was refused.
    func retryThread() {
        if !isForked { _ = thread.retry() }
    }

    private func endWithoutThread() -> DeliveryReport {
        thread.giveUp()
        return mailbox.close(isServed: false)
    }

    /// Another thread may have held any lock when the process was forked: in the child none is
    /// taken.
    private var isForked: Bool { getpid() != process }

    /// What a forked child is told.
    private static let nothing = DeliveryReport(
        isComplete: false, totals: DeliveryTotals(), isServed: false)

    /// - Parameter margin: whether the thread shall be done a little before the caller gives up, so
    ///   that its report is the one that counts.
    private func makeRequest(
        _ timeout: Duration, margin: Bool = false
    ) -> ExportMailbox.Request {
        let reserve = margin ? min(timeout / 10, .milliseconds(20)) : .zero
        return ExportMailbox.Request(
            waiter: Waiter(), deadline: clock.now() + (max(timeout, .zero) - max(reserve, .zero)))
    }

    /// The thread answers by the deadline; should it not, a task does.
    private func answer(
        to request: ExportMailbox.Request, within timeout: Duration
    ) async -> DeliveryReport {
        let alarm = Task { [mailbox] in
            // A longer sleep would overflow the clock.
            try await Task.sleep(for: min(timeout, .seconds(Int64(Int32.max))))
            request.waiter.resume(mailbox.report)
        }
        defer { alarm.cancel() }
        return await request.waiter.value()
    }
}
