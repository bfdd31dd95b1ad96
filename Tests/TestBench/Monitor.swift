internal import Glibc

/// A value behind a mutex that threads can wait for, with a deadline.
///
/// - Important: waiting blocks the calling thread.
package final class Monitor<State>: @unchecked Sendable {
    // SAFETY: `state` is touched under `mutex` only. Mutex and condition must not move: they are
    // allocated once, and destroyed when nobody holds the monitor any more.
    private var state: State
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>

    package init(_ state: State) {
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

    /// Reads or changes the value, and lets those who wait look again.
    package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
    }

    /// Waits until `condition` has an answer; nil if it has none within `limit`.
    package func wait<Result>(
        within limit: Duration, for answer: (State) -> Result?
    ) -> Result? {
        var deadline = timespec()
        clock_gettime(CLOCK_MONOTONIC, &deadline)
        let nanoseconds =
            Int(limit.components.attoseconds / 1_000_000_000) + deadline.tv_nsec
        deadline.tv_sec += Int(limit.components.seconds) + nanoseconds / 1_000_000_000
        deadline.tv_nsec = nanoseconds % 1_000_000_000
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let answer = answer(state) { return answer }
            if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
                return answer(state)
            }
        }
    }
}
