internal import Synchronization

/// The readers of a provider, and how all of them are told to flush or to shut down.
final class ReaderRegistry: Sendable {
    /// Threads on which readers are told at the same time, at most.
    static let maximumThreads = 8
    /// The threads that run a reader's hook, of whatever provider.
    private static let hookThreads = ThreadsInside()

    private let entries = FirstTouchLock<[Entry]>([])
    private let hasShutDown = Atomic(false)
    /// What the shutdown answered; nil while it is under way.
    private let shutdown = Monitor<Bool?>(nil)

    /// Held weakly: a reader holds its provider.
    private struct Entry {
        weak var reader: MetricReader?
    }

    /// Hooks that have to be run.
    fileprivate struct Work {
        var hooks: ArraySlice<MetricReader.Hook>
        var running = 0
        var isGood = true
    }

    /// Whether a shutdown has begun.
    var isShutDown: Bool { hasShutDown.load(ordering: .relaxed) }

    func add(_ reader: MetricReader) {
        let entry = Entry(reader: reader)
        entries.withLock { entries in
            entries.removeAll { $0.reader == nil }
            entries.append(entry)
        }
    }

    /// Flushes all readers that can be. True if all did in time.
    func flush(_ timeout: Duration) -> Bool {
        if Self.hookThreads.containsCurrent { return false }
        return run(living.compactMap(\.flush), until: Self.deadline(timeout))
    }

    /// Shuts all readers down, once. True if all did in time.
    func shutDown(_ timeout: Duration) -> Bool {
        let deadline = Self.deadline(timeout)
        if hasShutDown.exchange(true, ordering: .relaxed) {
            // A hook would wait for itself.
            let limit = Self.hookThreads.containsCurrent ? 0 : deadline
            return shutdown.wait(until: limit) { $0 } ?? false
        }
        let isGood = run(living.compactMap(\.shutdown), until: deadline)
        shutdown.change { $0 = isGood }
        return isGood
    }

    private var living: [MetricReader] { entries.withLock { $0.compactMap(\.reader) } }

    private static func deadline(_ timeout: Duration) -> Int64 {
        Monitor<Bool?>.now &+ timeout.wholeNanoseconds
    }

    /// Runs hooks side by side, on threads apart since one may take longer than it is told to.
    private func run(_ hooks: [MetricReader.Hook], until deadline: Int64) -> Bool {
        let work = Monitor(Work(hooks: hooks[...]))
        for _ in hooks.prefix(Self.maximumThreads) {
            let isStarted = DetachedThread.start { Self.serve(work, until: deadline) }
            if !isStarted { break }
        }
        let isDone = work.wait(until: deadline) { work -> Bool? in
            work.hooks.isEmpty && work.running == 0 ? true : nil
        }
        // Hooks that have not begun still do, with no time left: a shutdown reaches every reader.
        return work.change { isDone == true && $0.isGood }
    }

    private static func serve(_ work: Monitor<Work>, until deadline: Int64) {
        while let hook = work.change({ $0.begin() }) {
            let left = Duration.nanoseconds(max(deadline - Monitor<Bool?>.now, 0))
            let isGood = hookThreads.run { hook(left) } ?? false
            work.change { work in
                work.running -= 1
                work.isGood = work.isGood && isGood
            }
        }
    }
}

extension ReaderRegistry.Work {
    fileprivate mutating func begin() -> MetricReader.Hook? {
        guard let hook = hooks.popFirst() else { return nil }
        running += 1
        return hook
    }
}
