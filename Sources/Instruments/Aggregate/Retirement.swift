internal import CThreadCells

/// Holds what has been taken out of a structure until no thread can be reading it any more.
///
/// Driven by collections: what was added before one of them is let go by the next but one, if by
/// then every thread that was reading has left.
struct Retirement {
    private var fresh: [any AnyObject & Sendable] = []
    private var waiting: [any AnyObject & Sendable] = []
    private var grace: Grace?

    /// Large, so it is made only while it is needed.
    private final class Grace: Sendable {
        // SAFETY: used under the lock of the structure that the retirement belongs to.
        nonisolated(unsafe) var state = tcells_grace()
    }

    mutating func add(_ object: any AnyObject & Sendable) {
        fresh.append(object)
    }

    /// Lets go of what is safe to free, and begins the next grace period.
    mutating func advance() {
        if let grace {
            guard tcells_grace_is_over(&grace.state) else { return }
            self.grace = nil
            waiting = []
        }
        guard !fresh.isEmpty, tcells_has_grace() else { return }
        let begun = Grace()
        waiting = fresh
        fresh = []
        tcells_grace_begin(&begun.state)
        grace = begun
    }
}
