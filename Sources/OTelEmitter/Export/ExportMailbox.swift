internal import Instruments
internal import Synchronization

/// What callers ask of the emitter's thread, and what it tells them: the only state that they
/// share.
final class ExportMailbox: Sendable {
    /// A caller of `flush` or `shutdown`.
    struct Request: Sendable {
        let waiter: Waiter
        let deadline: MonotonicTime
    }

    /// What has been asked and not been taken up.
    struct Requests: Sendable {
        var flushes: [Request] = []
        var shutdowns: [Request] = []
        /// The emitter is gone: end without delivering.
        var isAbandoned = false
    }

    private struct Published {
        var totals = DeliveryTotals()
        var lastCollection: MetricsSnapshot?
        /// What everybody is told once the emitter has ended.
        var finalReport: DeliveryReport?
        var isClosed: Bool { finalReport != nil }
    }

    private let requests = Mutex(Requests())
    private let published = Mutex(Published())
    private let wasShutDown = Atomic(false)
    private let wakeup = Mutex<(@Sendable () -> Void)?>(nil)

    // MARK: The callers' side

    /// Asks for a flush. False if the emitter is shut down.
    func requestFlush(_ request: Request) -> Bool {
        post { $0.flushes.append(request) }
    }

    /// Asks for the shutdown. False if the emitter is shut down.
    func requestShutdown(_ request: Request) -> Bool {
        wasShutDown.store(true, ordering: .relaxed)
        return post { $0.shutdowns.append(request) }
    }

    /// The emitter is gone.
    func abandon() {
        _ = post { $0.isAbandoned = true }
    }

    var totals: DeliveryTotals { published.withLock { $0.totals } }

    var lastCollection: MetricsSnapshot? { published.withLock { $0.lastCollection } }

    /// What is known now. Complete only if the emitter has ended and delivered everything.
    var report: DeliveryReport {
        published.withLock { published in
            published.finalReport
                ?? DeliveryReport(
                    isComplete: false, totals: published.totals, isServed: false)
        }
    }

    /// Whether the host has ended the emitter; it may also have ended because it can't export.
    var isShutDown: Bool { isClosed && wasShutDown.load(ordering: .relaxed) }

    /// Whether the emitter has ended.
    var isClosed: Bool { published.withLock { $0.isClosed } }

    /// Lets the thread look at its clock: a test has stepped it.
    func nudge() { wakeup.withLock { $0 }?() }

    /// Ends the emitter: what still waits in memory is declared lost, and nothing changes
    /// afterwards.
    ///
    /// Called by the emitter's thread when it ends, or by a caller whose deadline has passed. The
    /// first call counts; every call answers its report.
    ///
    /// - Parameter isServed: whether everything recorded was collected and handed to the queue.
    @discardableResult
    func close(isServed: Bool = true) -> DeliveryReport {
        let (report, isFirst) = published.withLock { published in
            if let known = published.finalReport { return (known, false) }
            published.totals.endInMemory()
            let isComplete =
                isServed && published.totals.pending == 0 && published.totals.lostValues == 0
            let report = DeliveryReport(
                isComplete: isComplete, totals: published.totals, isServed: isServed)
            published.finalReport = report
            return (report, true)
        }
        if isFirst {
            let left = requests.withLock { $0.flushes + $0.shutdowns }
            left.forEach { $0.waiter.resume(report) }
        }
        return report
    }

    private func post(_ change: (inout Requests) -> Void) -> Bool {
        if published.withLock({ $0.isClosed }) { return false }
        requests.withLock { change(&$0) }
        wakeup.withLock { $0 }?()
        // The thread may have closed in between and not seen the request.
        return !published.withLock { $0.isClosed }
    }

    // MARK: The thread's side

    /// From now on requests wake the thread; those made before are found by its first look.
    func attach(_ wake: @escaping @Sendable () -> Void) {
        wakeup.withLock { $0 = wake }
    }

    /// Nobody needs waking any more: with the last holder, connection and descriptors are gone.
    func detach() {
        wakeup.withLock { $0 = nil }
    }

    /// Takes up the flushes; shutdown requests stay visible for `cutoff`.
    func take() -> Requests {
        requests.withLock { requests in
            let taken = requests
            requests.flushes = []
            return taken
        }
    }

    /// When the thread has to be done with everything; later than ever while nobody asks, and
    /// earlier than ever once the emitter was let go.
    func cutoff() -> MonotonicTime {
        requests.withLock { requests in
            if requests.isAbandoned { return .distantPast }
            return requests.shutdowns.map(\.deadline).min() ?? .distantFuture
        }
    }

    func publish(_ totals: DeliveryTotals) {
        published.withLock { published in
            if !published.isClosed { published.totals = totals }
        }
    }

    func publish(_ snapshot: MetricsSnapshot) {
        published.withLock { published in
            if !published.isClosed { published.lastCollection = snapshot }
        }
    }
}
