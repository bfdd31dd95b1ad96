internal import Instruments

/// The streams of a node's snapshots. Each reader gets the newest snapshot that it has not seen.
final class SnapshotStreams: Sendable {
    private struct State {
        var continuations: [Int: AsyncStream<TelemetrySnapshot>.Continuation] = [:]
        var nextKey = 0
        var isOver = false
    }

    private let state = Monitor(State())

    func make() -> AsyncStream<TelemetrySnapshot> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let key = state.change { state -> Int? in
                if state.isOver { return nil }
                state.nextKey += 1
                state.continuations[state.nextKey] = continuation
                return state.nextKey
            }
            guard let key else { return continuation.finish() }
            continuation.onTermination = { [weak self] _ in
                _ = self?.state.change { $0.continuations.removeValue(forKey: key) }
            }
        }
    }

    func yield(_ snapshot: TelemetrySnapshot) {
        let all = state.change { $0.continuations.values.map { $0 } }
        all.forEach { $0.yield(snapshot) }
    }

    /// Ends all streams: there are no further snapshots.
    func finish() {
        let all = state.change { state in
            state.isOver = true
            defer { state.continuations = [:] }
            return state.continuations.values.map { $0 }
        }
        all.forEach { $0.finish() }
    }
}
