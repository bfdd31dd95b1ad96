internal import Glibc

/// Turns SIGINT and SIGTERM into an orderly stop.
///
/// The signals are blocked in the calling thread and therefore in each thread that starts later.
/// One thread takes them with sigtimedwait(2), so nothing runs inside a signal handler.
final class SignalWatcher: Sendable {
    private static let pollInterval = timespec(tv_sec: 0, tv_nsec: 50_000_000)
    private static let joinLimit = Duration.seconds(1)
    private let ended: StopLatch
    private let thread: WorkerThread

    /// Starts the watcher. Call this before any other thread is started.
    ///
    /// - Parameter stop: called for each signal, on the watcher's thread.
    init(requesting stop: @escaping @Sendable () -> Void) throws(SystemCallError) {
        let signals = Self.stopSignals()
        var blocked = signals
        pthread_sigmask(SIG_BLOCK, &blocked, nil)
        let ended = try StopLatch()
        self.ended = ended
        thread = try WorkerThread {
            var set = signals
            var interval = Self.pollInterval
            while !ended.isRequested {
                if sigtimedwait(&set, nil, &interval) > 0 { stop() }
            }
        }
    }

    func end() {
        ended.request()
        _ = thread.join(within: Self.joinLimit)
    }

    private static func stopSignals() -> sigset_t {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigaddset(&set, SIGTERM)
        return set
    }
}
