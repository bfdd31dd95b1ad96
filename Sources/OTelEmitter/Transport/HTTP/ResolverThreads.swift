internal import Synchronization

/// Counts the threads of this process on which libcurl resolves names and for which no request
/// waits any more.
///
/// `getaddrinfo` can't be interrupted. If a resolution hangs, the request ends at its deadline, and
/// the thread is left behind until the system gives up. Counting these threads keeps an outage of
/// the resolver from piling them up. Each is recognised by its own name, which it inherits from the
/// thread that creates it.
enum ResolverThreads {
    /// While this many are left behind, no further resolution begins.
    static let limit = 8
    /// How long a thread is assumed to live if it can't be observed (without `/proc`).
    private static let assumedLifetime = Duration.seconds(60)

    private struct State {
        var begun = 0
        var left: [LeftBehind] = []
    }

    private struct LeftBehind {
        let name: String
        /// Nil if the system does not reveal it.
        let thread: Int32?
        let since: MonotonicTime

        var isAlive: Bool {
            guard let thread else { return .now() - since < assumedLifetime }
            return ThreadName.of(thread) == name
        }
    }

    private static let state = Mutex(State())

    /// The number of threads that are still alive and that no request waits for.
    static var leftBehind: Int {
        let left = state.withLock { $0.left }
        let gone = Set(left.filter { !$0.isAlive }.map(\.name))
        return state.withLock { state in
            state.left.removeAll { gone.contains($0.name) }
            return state.left.count
        }
    }

    /// Called right before libcurl creates a thread. Nil if it must not create one.
    static func begin() -> NameResolution? {
        guard leftBehind < limit else { return nil }
        let number = state.withLock { state in
            state.begun &+= 1
            return state.begun
        }
        return NameResolution(threadName: "otel-dns-\(number % 1_000_000)")
    }

    /// Notes that no request waits for this resolution any more.
    static func leave(_ resolution: NameResolution) {
        let thread = resolution.isNamed ? ThreadName.thread(named: resolution.threadName) : nil
        // If the thread had its name but can't be found, it has ended.
        guard thread != nil || !resolution.isNamed else { return }
        let left = LeftBehind(name: resolution.threadName, thread: thread, since: .now())
        state.withLock { $0.left.append(left) }
    }
}

/// The resolution of one name. While it begins, the calling thread has the name that the new thread
/// inherits.
struct NameResolution {
    let threadName: String
    /// Whether the resolving thread has the name `threadName`.
    let isNamed: Bool
    private var ownName: String?

    init(threadName: String) {
        self.threadName = threadName
        ownName = ThreadName.current
        isNamed = ownName != nil && ThreadName.set(threadName)
    }

    /// Gives the calling thread its own name back, after the new thread has been created.
    mutating func end() {
        if let ownName { ThreadName.set(ownName) }
        ownName = nil
    }
}
