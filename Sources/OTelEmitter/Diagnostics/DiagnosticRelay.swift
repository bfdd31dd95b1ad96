internal import Glibc
internal import Instruments

/// Hands diagnostics to the host's handler on a thread of its own, so that a handler which blocks
/// (a full pipe behind standard error, for example) stops neither exports nor recording threads.
///
/// The thread lives only while there is something to tell.
final class DiagnosticRelay: Sendable {
    /// Diagnostics that may wait for the handler; further ones are dropped, and how many is told
    /// behind those that waited.
    static let capacity = 64

    private let monitor = Monitor(State())
    private let handler: @Sendable (EmitterDiagnostic) -> Void
    /// The process whose host is told; a forked child tells nothing.
    private let process = getpid()

    private struct State {
        var waiting: [EmitterDiagnostic] = []
        var isRunning = false
        var isStuck = false
        var dropped = 0

        /// What to tell now; nil: the thread ends.
        mutating func next() -> EmitterDiagnostic? {
            if !waiting.isEmpty { return waiting.removeFirst() }
            if dropped > 0 {
                defer { dropped = 0 }
                return .diagnosticsDropped(count: dropped)
            }
            isRunning = false
            isStuck = false
            return nil
        }
    }

    init(_ handler: @escaping @Sendable (EmitterDiagnostic) -> Void) {
        self.handler = handler
    }

    /// Tells the handler soon; without a thread, with the next diagnostic. Never blocks.
    func report(_ diagnostic: EmitterDiagnostic) {
        // Another thread may have held the lock when the process was forked.
        guard getpid() == process else { return }
        let hasToStart = monitor.change { state in
            if state.waiting.count < Self.capacity {
                state.waiting.append(diagnostic)
            } else {
                state.dropped += 1
            }
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard hasToStart else { return }
        if !DetachedThread.start({ [self] in work() }) {
            monitor.change { $0.isRunning = false }
        }
    }

    /// Waits until everything is told, so that what a caller reads afterwards is complete. A
    /// handler that once was too slow is not waited for again until it has caught up.
    func settle(until deadline: MonotonicTime) {
        let isDone: Bool? = monitor.wait(until: deadline.nanoseconds) { state in
            state.isStuck || !state.isRunning ? true : nil
        }
        if isDone == nil { monitor.change { $0.isStuck = true } }
    }

    private func work() {
        while true {
            guard let next = monitor.change({ $0.next() }) else { return }
            handler(next)
        }
    }
}
