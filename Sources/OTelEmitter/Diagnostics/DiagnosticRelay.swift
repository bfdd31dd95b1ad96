internal import Glibc
internal import Instruments

/// Calls the program's diagnostic handler on a thread of its own. A handler that blocks, for
/// example on a full pipe behind standard error, then stops neither exports nor recording threads.
///
/// The thread lives only while there is something to report.
final class DiagnosticRelay: Sendable {
    /// How many diagnostics may wait for the handler. Further ones are dropped, and their number is
    /// reported after those that waited.
    static let capacity = 64

    private let monitor = Monitor(State())
    private let handler: @Sendable (EmitterDiagnostic) -> Void
    /// The process that created the relay. A forked child reports nothing.
    private let process = getpid()

    private struct State {
        var waiting: [EmitterDiagnostic] = []
        var isRunning = false
        var isStuck = false
        var dropped = 0

        /// The next diagnostic to report. If it is nil, the thread ends.
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

    /// Passes the diagnostic to the handler soon. If no thread can be started, it waits for the
    /// next report. Never blocks.
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

    /// Waits until everything is reported, so that the caller finds all of it afterwards. If the
    /// handler was too slow once, later calls don't wait until it has caught up.
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
