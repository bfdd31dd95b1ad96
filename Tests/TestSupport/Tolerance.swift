import Glibc
import Instruments
import Synchronization

/// How much later than its deadline a call may return: 250 ms, and what the machine itself was late
/// meanwhile, since a test shares it with all others.
///
/// A thread that does nothing but wait tells how late threads are woken.
package final class Tolerance: Sendable {
    private static let wait: Int64 = 5_000_000
    private let state = Monitor(State())

    private struct State {
        var isOver = false
        var lateness: Int64 = 0
    }

    /// Begins to watch the machine.
    package init() {
        let thread = Threads.start { [state] in
            while true {
                let due = Monitor<State>.now + Self.wait
                let isOver = state.wait(until: due) { $0.isOver ? true : nil } ?? false
                if isOver { return }
                let late = Monitor<State>.now - due
                state.change { $0.lateness = max($0.lateness, late) }
            }
        }
        // Nobody joins it; it ends with this value.
        pthread_detach(thread)
    }

    deinit {
        state.change { $0.isOver = true }
    }

    /// What is tolerated. A call takes a few wake-ups, each of which may have been as late.
    package var limit: Duration {
        let late = state.change { state in
            state.isOver = true
            return state.lateness
        }
        return .milliseconds(250) + .nanoseconds(4 * late)
    }
}
