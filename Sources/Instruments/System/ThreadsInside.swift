internal import Glibc

/// The threads that are inside code of the host, so that a call from there is known as one: it
/// could otherwise call itself without end, or wait for itself.
///
/// Takes no lock and allocates nothing: recording comes here for each exemplar. A thread's marks
/// are on its own stack, in a chain whose last one the thread keeps under a key of the system.
final class ThreadsInside: Sendable {
    private struct Mark {
        let owner: ObjectIdentifier
        let outer: UnsafePointer<Mark>?
    }

    /// Nil if the system has no key left.
    private static let key: pthread_key_t? = {
        var key = pthread_key_t()
        return pthread_key_create(&key, nil) == 0 ? key : nil
    }()

    /// Whether the calling thread is inside.
    var containsCurrent: Bool {
        guard let key = Self.key else { return false }
        return contains(Self.last(key))
    }

    /// Runs `body`, unless this thread is inside already: then the answer is nil. Also where the
    /// system has no memory for the mark: nothing would stop a call from there then.
    func run<Result>(_ body: () -> Result) -> Result? {
        guard let key = Self.key else { return nil }
        let outer = Self.last(key)
        if contains(outer) { return nil }
        // SAFETY: the mark lives until `body` has returned, and is out of the chain by then. Only
        // this thread sees it.
        return withUnsafePointer(to: Mark(owner: ObjectIdentifier(self), outer: outer)) { mark in
            guard pthread_setspecific(key, mark) == 0 else { return nil }
            defer { pthread_setspecific(key, outer) }
            return body()
        }
    }

    private func contains(_ last: UnsafePointer<Mark>?) -> Bool {
        var mark = last
        while let current = mark {
            if current.pointee.owner == ObjectIdentifier(self) { return true }
            mark = current.pointee.outer
        }
        return false
    }

    private static func last(_ key: pthread_key_t) -> UnsafePointer<Mark>? {
        UnsafePointer(pthread_getspecific(key)?.assumingMemoryBound(to: Mark.self))
    }
}
