internal import Glibc
internal import Synchronization

/// Lets go of the spool's locks in a child of `fork`, which inherits the descriptors that hold
/// them.
///
/// Without this a child that outlives its parent would keep the parent's batches from being
/// adopted, by itself among others.
enum SpoolForkGuard {
    /// Locks that a process holds at once, at most; a child keeps those beyond.
    static let limit = 256
    private static let none: Int32 = -1

    private static let held = InlineArray<256, Atomic<Int32>> { _ in Atomic(none) }
    /// Registers the handler once in a process.
    private static let isRegistered: Bool = register()

    /// A file is locked from now on.
    static func add(_ file: Int32) {
        guard isRegistered else { return }
        for index in held.indices {
            let (isTaken, _) = held[index].compareExchange(
                expected: none, desired: file, ordering: .relaxed)
            if isTaken { return }
        }
    }

    /// A file is about to be closed.
    static func remove(_ file: Int32) {
        for index in held.indices {
            let (isFound, _) = held[index].compareExchange(
                expected: file, desired: none, ordering: .relaxed)
            if isFound { return }
        }
    }

    private static func register() -> Bool {
        // Without memory for it, a child keeps the locks.
        pthread_atfork(nil, nil, { SpoolForkGuard.closeAll() }) == 0
    }

    /// In the child, where this thread is alone. Only calls that are safe there.
    private static func closeAll() {
        for index in held.indices {
            let file = held[index].exchange(none, ordering: .relaxed)
            if file != none { close(file) }
        }
    }
}
