import Glibc
import Instruments

/// Where callbacks hang until a test lets them go.
package final class Gate: Sendable {
    private let monitor = Monitor(State())

    private struct State {
        var isOpen = false
        var arrivals = 0
    }

    package init() {}

    /// Waits until the gate is opened.
    package func pass() {
        monitor.change { $0.arrivals += 1 }
        _ = monitor.wait(until: nil) { state -> Bool? in state.isOpen ? true : nil }
    }

    package func open() {
        monitor.change { $0.isOpen = true }
    }

    /// How often somebody has come to the gate.
    package var arrivals: Int { monitor.change { $0.arrivals } }
}

/// Repeats `attempt` until it succeeds, for at most ten seconds; answers whether it did. For what
/// can only be polled; what a test can be told of, it waits for at a `Gate`.
package func eventually(_ attempt: () -> Bool) -> Bool {
    for _ in 0..<10_000 {
        if attempt() { return true }
        poll(nil, 0, 1)
    }
    return false
}
