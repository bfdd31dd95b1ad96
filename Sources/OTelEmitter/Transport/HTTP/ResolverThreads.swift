internal import Synchronization

/// The threads on which libcurl resolves names, in all of the process.
///
/// `getaddrinfo` can't be interrupted: when a resolution hangs, the request ends at its deadline
/// and the thread is left behind until the system gives up. Such threads are counted, so that an
/// outage of the resolver does not gather them. Each is told by a name of its own, which it
/// inherits from the thread that makes it.
enum ResolverThreads {
    /// While so many are left behind, no further resolution is begun.
    static let limit = 8
    /// How long one is taken to live that can't be seen (without `/proc`).
    private static let assumedLifetime = Duration.seconds(60)

    private struct State {
        var begun = 0
        var left: [LeftBehind] = []
    }

    private struct LeftBehind {
        let name: String
        /// Nil if the system does not tell.
        let thread: Int32?
        let since: MonotonicTime

        var isAlive: Bool {
            guard let thread else { return .now() - since < assumedLifetime }
            return ThreadName.of(thread) == name
        }
    }

    private static let state = Mutex(State())

    /// How many live that nobody waits for any more.
    static var leftBehind: Int {
        let left = state.withLock { $0.left }
        let gone = Set(left.filter { !$0.isAlive }.map(\.name))
        return state.withLock { state in
            state.left.removeAll { gone.contains($0.name) }
            return state.left.count
        }
    }

    /// Called right before libcurl makes a thread. Nil if none may be made.
    static func begin() -> NameResolution? {
        guard leftBehind < limit else { return nil }
        let number = state.withLock { state in
            state.begun &+= 1
            return state.begun
        }
        return NameResolution(threadName: "otel-dns-\(number % 1_000_000)")
    }

    /// Nobody waits for the resolution's thread any more.
    static func leave(_ resolution: NameResolution) {
        let thread = resolution.isNamed ? ThreadName.thread(named: resolution.threadName) : nil
        // A thread that was named and can't be found has ended.
        guard thread != nil || !resolution.isNamed else { return }
        let left = LeftBehind(name: resolution.threadName, thread: thread, since: .now())
        state.withLock { $0.left.append(left) }
    }
}

/// One resolution of a name. While it begins, the calling thread has the name that the new thread
/// is to inherit.
struct NameResolution {
    let threadName: String
    /// Whether the thread that resolves has `threadName`.
    let isNamed: Bool
    private var ownName: String?

    init(threadName: String) {
        self.threadName = threadName
        ownName = ThreadName.current
        isNamed = ownName != nil && ThreadName.set(threadName)
    }

    /// The thread has been made.
    mutating func end() {
        if let ownName { ThreadName.set(ownName) }
        ownName = nil
    }
}
