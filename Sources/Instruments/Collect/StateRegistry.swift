/// The states that a provider's collections copy beside the instruments.
final class StateRegistry: Sendable {
    private let reads = FirstTouchLock<[Int: @Sendable () -> any Sendable & Equatable]>([:])
    /// The threads that are copying states: a collection that a state asks for copies none.
    private let copying = ThreadsInside()

    /// From now on every collection copies what `read` answers.
    func add<Value>(_ state: CollectedState<Value>, _ read: @escaping @Sendable () -> Value) {
        reads.withLock { $0[state.key] = { read() } }
    }

    /// Calls the host for each state.
    func copy() -> CollectedStates {
        let values = copying.run { reads.withLock { $0 }.mapValues { $0() } }
        return CollectedStates(values ?? [:])
    }
}
