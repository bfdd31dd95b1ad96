internal import CThreadCells

/// Holds what has been taken out of a structure until no thread can be reading it any more.
///
/// What was added is let go by `advance`, at once if no thread is reading, else by a later call
/// when every thread that was reading has left.
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

    /// Lets go of what is safe to free. Costs a system call if something was added.
    mutating func advance() {
        finish()
        // Without grace periods nobody reads without the lock.
        if !tcells_has_grace() { fresh = [] }
        guard grace == nil, !fresh.isEmpty else { return }
        let begun = Grace()
        waiting = fresh
        fresh = []
        tcells_grace_begin(&begun.state)
        grace = begun
        // Mostly nobody is reading just now.
        finish()
    }

    private mutating func finish() {
        guard let grace, tcells_grace_is_over(&grace.state) else { return }
        self.grace = nil
        waiting = []
    }
}
