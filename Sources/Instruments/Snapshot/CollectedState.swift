internal import Synchronization

/// A value that no instrument can hold (a hash, a window of durations), copied in every collection,
/// so that a view of the snapshot finds it as it was when the instruments were read.
///
/// Make one with `MeterProvider.collectState`, and read it with `MetricsSnapshot.state`.
public struct CollectedState<Value: Sendable>: Sendable {
    /// Unique in the process.
    let key = collectedStateKeys.wrappingAdd(1, ordering: .relaxed).newValue
}

private let collectedStateKeys = Atomic<Int>(0)

extension MeterProvider {
    /// From now on every collection calls `read` before it reads the instruments, and keeps the
    /// answer. `read` runs on the collecting thread and has to be quick. A collection that it asks
    /// for copies no states.
    public func collectState<Value: Sendable>(
        _ read: @escaping @Sendable () -> Value
    ) -> CollectedState<Value> {
        let state = CollectedState<Value>()
        collectedStates.withLock { $0[state.key] = { read() } }
        return state
    }
}

extension MetricsSnapshot {
    /// The value that was copied in this snapshot's collection; nil if the collection was another
    /// provider's or came before `collectState`, or was asked for by one of the states.
    public func state<Value>(_ state: CollectedState<Value>) -> Value? {
        states[state.key] as? Value
    }
}
