internal import Synchronization

/// Starts the emitter's thread. If the system refuses to create it, each later call that needs the
/// thread tries again.
final class ThreadStart: Sendable {
    /// Starts the thread. Nil once the thread runs or is no longer wanted.
    private let attempt = Mutex<(@Sendable () -> Bool)?>(nil)

    /// Starts the thread by calling `attempt`, which returns whether it succeeded. Returns the
    /// same.
    func begin(_ attempt: @escaping @Sendable () -> Bool) -> Bool {
        self.attempt.withLock { $0 = attempt }
        return retry()
    }

    /// Makes another attempt if all attempts have failed so far. Returns false if this one fails
    /// too, and true if the thread runs or is no longer wanted.
    func retry() -> Bool {
        // The closure is taken out during the attempt, so that no other thread makes one at the
        // same time.
        let attempt = self.attempt.withLock { kept in
            defer { kept = nil }
            return kept
        }
        guard let attempt else { return true }
        if attempt() { return true }
        self.attempt.withLock { $0 = attempt }
        return false
    }

    /// Gives the thread up, and releases whatever the closure holds.
    func giveUp() {
        attempt.withLock { $0 = nil }
    }
}
