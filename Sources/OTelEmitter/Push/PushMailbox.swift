internal import Instruments
internal import Synchronization

/// What callers leave for the push's thread, and what it counts: the only state that they share.
final class PushMailbox: Sendable {
    /// What the thread has to do next.
    struct Work {
        /// Taken out of the mailbox: the newest document, if one waited.
        var document: [UInt8]?
        /// When the thread has to be done; nil while nobody asks.
        var end: MonotonicTime?
        /// The push is gone: end without delivering.
        var isAbandoned = false
    }

    private struct State {
        var waiting: [UInt8]?
        var totals = HTTPPushTotals()
        var end: MonotonicTime?
        var isAbandoned = false
        var hasEnded = false
        var isServed = false
        var isClosed: Bool { end != nil || isAbandoned || hasEnded }
    }

    private let monitor = Monitor(State())
    private let wakeup = Mutex<(@Sendable () -> Void)?>(nil)

    /// What an offer came to.
    enum Reception {
        case waits
        /// It took the place of one that waited.
        case supersedes
        /// The push has ended, or is about to.
        case closed
    }

    // MARK: The callers' side

    func offer(_ document: [UInt8]) -> Reception {
        let reception = monitor.change { state -> Reception in
            guard !state.isClosed else { return .closed }
            state.totals.offered += 1
            defer { state.waiting = document }
            guard state.waiting != nil else { return .waits }
            state.totals.superseded += 1
            return .supersedes
        }
        if reception != .closed { wake() }
        return reception
    }

    var totals: HTTPPushTotals { monitor.change { $0.totals } }

    /// Asks the thread to end by then.
    func close(by end: MonotonicTime) {
        monitor.change { $0.end = min($0.end ?? end, end) }
        wake()
    }

    /// The push is gone.
    func abandon() {
        monitor.change { $0.isAbandoned = true }
        wake()
    }

    /// Whether the thread has ended, or ends until then.
    func hasEnded(by deadline: MonotonicTime) -> Bool {
        monitor.wait(until: deadline.nanoseconds) { $0.hasEnded ? true : nil } ?? false
    }

    /// Whether a thread has come to work.
    var isServed: Bool { monitor.change { $0.isServed } }

    private func wake() { wakeup.withLock { $0 }?() }

    // MARK: The thread's side

    func attach(_ wake: @escaping @Sendable () -> Void) {
        wakeup.withLock { $0 = wake }
        monitor.change { $0.isServed = true }
    }

    /// - Parameter isHolding: whether the thread has a document, which one that waits supersedes.
    func take(isHolding: Bool) -> Work {
        monitor.change { state in
            defer { state.waiting = nil }
            if isHolding, state.waiting != nil { state.totals.superseded += 1 }
            return Work(
                document: state.waiting, end: state.end, isAbandoned: state.isAbandoned)
        }
    }

    /// When the thread has to be done; later than ever while nobody asks.
    func cutoff() -> MonotonicTime {
        monitor.change { state in
            state.isAbandoned ? MonotonicTime(nanoseconds: .min) : state.end ?? .distantFuture
        }
    }

    func count(_ body: (inout HTTPPushTotals) -> Void) {
        monitor.change { body(&$0.totals) }
    }

    /// The thread is done with everything.
    ///
    /// - Parameter isHolding: whether it had a document that it could not deliver.
    func end(isHolding: Bool) {
        monitor.change { state in
            state.totals.abandoned += (isHolding ? 1 : 0) + (state.waiting == nil ? 0 : 1)
            state.waiting = nil
            state.hasEnded = true
        }
        wakeup.withLock { $0 = nil }
    }
}
