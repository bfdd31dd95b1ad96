internal import Glibc

/// A value behind a lock on which threads can wait for a change, with a deadline by the clock that
/// never steps.
package final class Monitor<State>: Sendable {
    // SAFETY: a mutex and a condition must not move; they are allocated once, used through the
    // pthread functions only, and destroyed when nobody holds the monitor any more. The state is
    // touched with the mutex held only.
    nonisolated(unsafe) private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    nonisolated(unsafe) private let condition: UnsafeMutablePointer<pthread_cond_t>
    nonisolated(unsafe) private var state: State

    package init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        pthread_mutex_init(mutex, nil)
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Changes the state and wakes all who wait.
    package func change<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return body(&state)
    }

    /// Waits until `body`, which is called after every change, gives an answer.
    ///
    /// - Parameter deadline: nanoseconds of CLOCK_MONOTONIC; nil waits for ever.
    /// - Returns: the answer, or nil if none was given by the deadline.
    package func wait<Result>(
        until deadline: Int64?, _ body: (inout State) -> Result?
    ) -> Result? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let answer = body(&state) { return answer }
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            // A deadline before the clock's origin is as much over as the origin.
            let nanoseconds = max(deadline, 0)
            var time = timespec(
                tv_sec: Int(nanoseconds / 1_000_000_000),
                tv_nsec: Int(nanoseconds % 1_000_000_000))
            // Besides ETIMEDOUT only faults can come, after which waiting would never end.
            if pthread_cond_timedwait(condition, mutex, &time) != 0 {
                return body(&state)
            }
        }
    }

    /// Now, by the clock of `wait`.
    package static var now: Int64 { Int64(clamping: WallClock.uptime()) }
}
