internal import Instruments

/// A thread that calls a closure at every interval, and a last time when it is asked to end.
final class SnapshotTicker: Sendable {
    private struct State {
        var isEnding = false
        var hasEnded = false
    }

    private let state = Monitor(State())

    /// Starts the thread. Returns false if the system refuses to start one.
    ///
    /// - Parameter interval: the time between the starts of two calls, at least 1 ms. Calls that
    ///   become due while another one is running are skipped.
    func start(every interval: Duration, _ body: @escaping @Sendable () -> Void) -> Bool {
        DetachedThread.start { [state] in
            let step = max(interval.wholeNanoseconds, 1_000_000)
            var next = Monitor<State>.now + step
            while true {
                let isEnding: Bool? = state.wait(until: next) { $0.isEnding ? true : nil }
                body()
                if isEnding == true { break }
                let late = max(Monitor<State>.now - next, 0)
                next += step * (late / step + 1)
            }
            state.change { $0.hasEnded = true }
        }
    }

    /// Asks the thread to end after one more call.
    func requestEnd() {
        state.change { $0.isEnding = true }
    }

    /// Whether the thread has ended within the limit.
    func hasEnded(within limit: Duration) -> Bool {
        let deadline = Monitor<State>.now + limit.wholeNanoseconds
        return state.wait(until: deadline) { $0.hasEnded ? true : nil } ?? false
    }
}
