internal import Glibc
internal import Synchronization

/// A thread that runs callbacks of the host, one after the other, so that one which hangs keeps
/// nobody waiting beyond its limit.
final class CallbackThread: Sendable {
    private let monitor = Monitor(State())
    private let identity = Identity()

    private struct State {
        var job: (@Sendable () -> Void)?
        var isDone = false
        var isStopped = false
    }

    private final class Identity: Sendable {
        /// 0 until the thread has begun.
        let thread = Atomic<UInt>(0)
    }

    /// Nil if the system refuses a further thread.
    init?() {
        let isStarted = DetachedThread.start { [monitor, identity] in
            identity.thread.store(UInt(pthread_self()), ordering: .relaxed)
            Self.work(monitor)
        }
        guard isStarted else { return nil }
    }

    deinit {
        stop()
    }

    /// Whether the caller is this thread's job.
    var isCurrent: Bool { identity.thread.load(ordering: .relaxed) == UInt(pthread_self()) }

    /// Runs `job` and waits for it.
    ///
    /// - Returns: false if it was not done by the deadline. The thread must not be used again then;
    ///   it ends when the job does.
    func run(_ job: @escaping @Sendable () -> Void, until deadline: Int64) -> Bool {
        monitor.change { state in
            state.job = job
            state.isDone = false
        }
        let isDone = monitor.wait(until: deadline) { state in state.isDone ? true : nil } ?? false
        if !isDone { stop() }
        return isDone
    }

    /// The thread ends as soon as it has nothing to do.
    func stop() {
        monitor.change { $0.isStopped = true }
    }

    private static func work(_ monitor: Monitor<State>) {
        while true {
            let job = monitor.wait(until: nil) { state -> (@Sendable () -> Void)?? in
                if let job = state.job {
                    state.job = nil
                    return .some(job)
                }
                return state.isStopped ? .some(nil) : nil
            }
            guard let job, let job else { return }
            job()
            monitor.change { $0.isDone = true }
        }
    }
}
