internal import Glibc
internal import Synchronization

/// Keeps the emitter's threads out of the TLS library when the process exits.
///
/// `exit` runs handlers while all other threads continue, and one of these handlers cleans up
/// OpenSSL's state. A handler that runs before it therefore closes this gate, wakes the threads
/// that are inside, and waits until they have left. Those threads then stop forever, as the process
/// is about to end.
enum ExitGate {
    /// The longest time that exiting waits for threads to leave, in milliseconds.
    private static let patience = 500

    private static let isClosed = Atomic(false)
    private static let inside = Atomic(0)
    /// The process that installed the handler. In a forked child, no thread is inside.
    private static let owner = Atomic<Int32>(0)
    /// The addresses of the multi handles to wake.
    private static let handles = Mutex<Set<UInt>>([])

    /// Call this after the TLS library has installed its own handler, since the last handler runs
    /// first.
    static func install() {
        owner.store(getpid(), ordering: .relaxed)
        atexit(closeGate)
    }

    /// Call this before using the TLS library. If the process is exiting, it does not return.
    static func enter() {
        guard tryToEnter() else { stop() }
    }

    /// The same for a thread that is not the emitter's. Returns false if the process is exiting.
    static func tryToEnter() -> Bool {
        // Both this and `close` are sequentially consistent, so at least one of them sees the
        // other.
        inside.add(1, ordering: .sequentiallyConsistent)
        guard isClosed.load(ordering: .sequentiallyConsistent) else { return true }
        leave()
        return false
    }

    static func leave() {
        inside.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// Call this inside, after each wait.
    static func stopIfClosed() {
        guard isClosed.load(ordering: .sequentiallyConsistent) else { return }
        leave()
        stop()
    }

    private static func stop() -> Never {
        while true { pause() }
    }

    /// - Parameter wakeable: the address of a multi handle.
    static func add(wakeable: UInt) {
        handles.withLock { _ = $0.insert(wakeable) }
    }

    static func remove(wakeable: UInt) {
        handles.withLock { _ = $0.remove(wakeable) }
    }

    fileprivate static func close(waking wake: (UInt) -> Void) {
        guard getpid() == owner.load(ordering: .relaxed) else { return }
        isClosed.store(true, ordering: .sequentiallyConsistent)
        // The lock is held while the handles are woken, so that none of them is freed.
        handles.withLock { $0.forEach(wake) }
        for _ in 0..<patience where inside.load(ordering: .sequentiallyConsistent) > 0 {
            poll(nil, 0, 1)
        }
    }
}

private func closeGate() {
    ExitGate.close { TransportWakeup.wake(handleAt: $0) }
}
