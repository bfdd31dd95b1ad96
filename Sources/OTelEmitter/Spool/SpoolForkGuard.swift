internal import Glibc
internal import Synchronization

/// Releases the spool's locks in a child process created by `fork`, which inherits the descriptors
/// that hold them.
///
/// Otherwise, a child that outlives its parent would prevent every process, including itself, from
/// adopting the parent's batches.
enum SpoolForkGuard {
    /// The highest number of locks of a process that are released in a child. The child keeps any
    /// others.
    static let limit = 256
    private static let none: Int32 = -1

    private static let held = InlineArray<256, Atomic<Int32>> { _ in Atomic(none) }
    /// Registers the handler once per process.
    private static let isRegistered: Bool = register()

    /// Notes a file that was locked.
    static func add(_ file: Int32) {
        guard isRegistered else { return }
        for index in held.indices {
            let (isTaken, _) = held[index].compareExchange(
                expected: none, desired: file, ordering: .relaxed)
            if isTaken { return }
        }
    }

    /// Forgets a file that is about to be closed.
    static func remove(_ file: Int32) {
        for index in held.indices {
            let (isFound, _) = held[index].compareExchange(
                expected: file, desired: none, ordering: .relaxed)
            if isFound { return }
        }
    }

    private static func register() -> Bool {
        // If there is no memory to register the handler, a child keeps the locks.
        pthread_atfork(nil, nil, { SpoolForkGuard.closeAll() }) == 0
    }

    /// Runs in the child, which has only this thread. Only makes calls that are safe there.
    private static func closeAll() {
        for index in held.indices {
            let file = held[index].exchange(none, ordering: .relaxed)
            if file != none { close(file) }
        }
    }
}
