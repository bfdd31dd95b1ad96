internal import Synchronization

/// A value behind a lock.
///
/// It is a `Mutex` with an atomic that only matters to the thread sanitizer. The kernel hands over
/// a contended `Mutex` of Swift 6.3 on Linux (`FUTEX_LOCK_PI`) within a library that is not
/// instrumented, so the sanitizer would report each such handover as a race.
struct Guarded<Value>: ~Copyable, Sendable {
    private let mutex: Mutex<Value>
    private let handover = Atomic<UInt8>(0)

    init(_ value: consuming sending Value) {
        mutex = Mutex(value)
    }

    borrowing func withLock<Result>(
        _ body: (inout sending Value) -> sending Result
    ) -> sending Result {
        mutex.withLock { value in
            // The acquiring load and the releasing store order one holder of the lock after the
            // other.
            _ = handover.load(ordering: .acquiring)
            defer { handover.store(0, ordering: .releasing) }
            return body(&value)
        }
    }
}
