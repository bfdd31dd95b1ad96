internal import Instruments

/// A thread that does the same at every interval, and a last time when it is asked to end.
final class SnapshotTicker: Sendable {
    private struct State {
        var isEnding = false
        var hasEnded = false
    }

    private let state = Monitor(State())

    /// Starts the thread. False if the system refuses one.
    ///
    /// - Parameter interval: between the starts of two calls; at least 1 ms. One that takes longer
    ///   makes the next ones fall out.
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

    /// Asks the thread to end.
    func requestEnd() {
        state.change { $0.isEnding = true }
    }

    /// Whether the thread has ended within the limit.
    func hasEnded(within limit: Duration) -> Bool {
        let deadline = Monitor<State>.now + limit.wholeNanoseconds
        return state.wait(until: deadline) { $0.hasEnded ? true : nil } ?? false
    }
}
