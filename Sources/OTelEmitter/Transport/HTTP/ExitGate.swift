internal import Glibc
internal import Synchronization

/// Keeps the emitter's threads out of the TLS library once the process exits.
///
/// `exit` runs handlers, one of which takes OpenSSL's state down, while all other threads go on. So
/// a handler that comes before it closes this gate, wakes those who are inside, and waits until
/// they have left. They then stop for good; the process is about to end.
enum ExitGate {
    /// The longest that exiting waits for a thread to leave, in milliseconds.
    private static let patience = 500

    private static let isClosed = Atomic(false)
    private static let inside = Atomic(0)
    /// The process that installed the handler; a forked child has no thread inside.
    private static let owner = Atomic<Int32>(0)
    /// Addresses of the multi handles to wake.
    private static let handles = Mutex<Set<UInt>>([])

    /// To be called once the TLS library has installed its own handler: the last one runs first.
    static func install() {
        owner.store(getpid(), ordering: .relaxed)
        atexit(closeGate)
    }

    /// What follows may use the TLS library. Does not return if the process exits.
    static func enter() {
        guard tryToEnter() else { stop() }
    }

    /// The same for a thread of the host; false if the process exits.
    static func tryToEnter() -> Bool {
        // Sequentially consistent, as in `close`: one of the two sees the other.
        inside.add(1, ordering: .sequentiallyConsistent)
        guard isClosed.load(ordering: .sequentiallyConsistent) else { return true }
        leave()
        return false
    }

    static func leave() {
        inside.subtract(1, ordering: .sequentiallyConsistent)
    }

    /// To be called inside, after each wait.
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
        // Held while they are woken, so that none is freed meanwhile.
        handles.withLock { $0.forEach(wake) }
        for _ in 0..<patience where inside.load(ordering: .sequentiallyConsistent) > 0 {
            poll(nil, 0, 1)
        }
    }
}

private func closeGate() {
    ExitGate.close { TransportWakeup.wake(handleAt: $0) }
}
