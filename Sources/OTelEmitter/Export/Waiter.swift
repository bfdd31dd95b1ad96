internal import Instruments

/// One call of `flush` or `shutdown` that waits for its answer: from a thread, or from a task.
///
/// The first answer counts. A thread waits on a condition with a deadline; it never joins anything.
final class Waiter: Sendable {
    private let monitor = Monitor(State())

    private struct State {
        var answer: DeliveryReport?
        var continuation: CheckedContinuation<DeliveryReport, Never>?
    }

    /// Gives the answer; a later one is ignored.
    func resume(_ report: DeliveryReport) {
        let waiting = monitor.change { state -> CheckedContinuation<DeliveryReport, Never>? in
            guard state.answer == nil else { return nil }
            state.answer = report
            defer { state.continuation = nil }
            return state.continuation
        }
        waiting?.resume(returning: report)
    }

    /// The answer, or nil if none has come by the deadline.
    func wait(until deadline: MonotonicTime) -> DeliveryReport? {
        monitor.wait(until: deadline.nanoseconds) { $0.answer }
    }

    /// The answer, whoever gives it.
    func value() async -> DeliveryReport {
        await withCheckedContinuation { continuation in
            let answer = monitor.change { state -> DeliveryReport? in
                if state.answer == nil { state.continuation = continuation }
                return state.answer
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }
}
