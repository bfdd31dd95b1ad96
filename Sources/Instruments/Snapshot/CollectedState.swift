internal import Synchronization

/// A value that no instrument can hold, such as a hash or a window of durations. It is copied in
/// every collection, so that whoever reads a snapshot finds it as it was when the instruments were
/// read.
///
/// `MeterProvider.collectState` makes one, and `MetricsSnapshot.state` reads it.
public struct CollectedState<Value: Sendable & Equatable>: Sendable {
    /// Unique in the process.
    let key = collectedStateKeys.wrappingAdd(1, ordering: .relaxed).newValue
}

private let collectedStateKeys = Atomic<Int>(0)
