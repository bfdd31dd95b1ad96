internal import CThreadCells

/// A value behind one of the process's first-touch locks: for what a thread that records needs the
/// first time, so that a forked child can go on recording whatever other threads did at the fork.
///
/// Many values share a lock, so `body` works on values only: it calls nothing of the host, and
/// takes no other first-touch lock. It may make and free cells, whose lock comes after this one.
// SAFETY: the value is allocated and freed here, and touched with the lock held only.
struct FirstTouchLock<Value: Sendable>: ~Copyable, @unchecked Sendable {
    private let value: UnsafeMutablePointer<Value>
    private let lock = tcells_next_touch_lock()

    init(_ value: Value) {
        self.value = .allocate(capacity: 1)
        self.value.initialize(to: value)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
    }

    func withLock<Result>(_ body: (inout Value) -> Result) -> Result {
        tcells_touch_lock(lock)
        defer { tcells_touch_unlock(lock) }
        return body(&value.pointee)
    }
}
