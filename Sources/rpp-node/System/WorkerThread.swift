internal import Glibc

/// A POSIX thread that runs one closure, with every signal blocked.
final class WorkerThread: Sendable {
    private let handle: pthread_t
    private let finished: StopLatch

    init(_ body: @escaping @Sendable () -> Void) throws(SystemCallError) {
        let finished = try StopLatch()
        self.finished = finished
        let task = ThreadTask {
            body()
            finished.request()
        }
        // SAFETY: the reference taken here is released by `runThreadTask`, which runs exactly
        // once if the thread starts; otherwise it is released below.
        let reference = Unmanaged.passRetained(task)
        var handle = pthread_t()
        let code = pthread_create(&handle, nil, runThreadTask, reference.toOpaque())
        guard code == 0 else {
            reference.release()
            throw SystemCallError("pthread_create", code: code)
        }
        self.handle = handle
    }

    /// Waits until the thread has ended, for at most `limit`. A thread that takes longer is left
    /// alone.
    ///
    /// Call it only once. Returns whether the thread has ended.
    func join(within limit: Duration) -> Bool {
        guard finished.wait(until: MonotonicInstant.now.advanced(by: limit)) else {
            pthread_detach(handle)
            return false
        }
        pthread_join(handle, nil)
        return true
    }
}

/// The closure of a thread, as an object that can be passed through a C pointer.
private final class ThreadTask: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) {
        self.body = body
    }
}

/// The start routine. It is a free function because a closure written inside `main` would be
/// isolated to the main actor and would trap on the new thread.
private func runThreadTask(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    var everySignal = sigset_t()
    sigfillset(&everySignal)
    pthread_sigmask(SIG_BLOCK, &everySignal, nil)
    guard let argument else { return nil }
    // SAFETY: the pointer is the retained task that `WorkerThread.init` passed to this thread.
    Unmanaged<ThreadTask>.fromOpaque(argument).takeRetainedValue().body()
    return nil
}
