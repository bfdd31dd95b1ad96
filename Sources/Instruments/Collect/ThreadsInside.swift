internal import Glibc

/// The threads that are inside code of the host, so that a call from there is known as one: it
/// could otherwise call itself without end, or wait for itself.
final class ThreadsInside: Sendable {
    private let threads = FirstTouchLock<Set<UInt>>([])

    /// Whether the calling thread is inside.
    var containsCurrent: Bool {
        let thread = UInt(pthread_self())
        return threads.withLock { $0.contains(thread) }
    }

    /// Runs `body`, unless this thread is inside already: then the answer is nil.
    func run<Result>(_ body: () -> Result) -> Result? {
        let thread = UInt(pthread_self())
        guard threads.withLock({ $0.insert(thread).inserted }) else { return nil }
        defer { threads.withLock { _ = $0.remove(thread) } }
        return body()
    }
}
