internal import Synchronization

/// The start of the emitter's thread. If the system refuses one, it is asked again with every call
/// that needs the thread.
final class ThreadStart: Sendable {
    /// What starts the thread; nil once it runs, or is not wanted.
    private let attempt = Mutex<(@Sendable () -> Bool)?>(nil)

    /// Starts the thread by `attempt`, which answers whether it could. False if not.
    func begin(_ attempt: @escaping @Sendable () -> Bool) -> Bool {
        self.attempt.withLock { $0 = attempt }
        return retry()
    }

    /// Whether the thread runs, or is not wanted: if it was refused so far, another attempt is
    /// made.
    func retry() -> Bool {
        // Taken out while it is made, so that nobody makes a second one beside it.
        let attempt = self.attempt.withLock { kept in
            defer { kept = nil }
            return kept
        }
        guard let attempt else { return true }
        if attempt() { return true }
        self.attempt.withLock { $0 = attempt }
        return false
    }

    /// The thread is not wanted any more. What the attempt holds is let go of.
    func giveUp() {
        attempt.withLock { $0 = nil }
    }
}
