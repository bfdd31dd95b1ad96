internal import Synchronization

/// A value behind a lock.
///
/// It is `Mutex` with an atomic inside that changes nothing but what the thread sanitizer sees:
/// a contended `Mutex` of Swift 6.3 on Linux is handed over by the kernel (FUTEX_LOCK_PI) within
/// a library that is not instrumented, and each such handover is reported as a race.
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
            // Acquiring and releasing, so that the pair orders one holder after the other.
            _ = handover.load(ordering: .acquiring)
            defer { handover.store(0, ordering: .releasing) }
            return body(&value)
        }
    }
}
