extension MeterProvider {
    /// From now on every collection calls `read` before it reads the instruments, and keeps the
    /// answer. `read` runs on the collecting thread and has to be quick. A collection that it asks
    /// for copies no states.
    public func collectState<Value: Sendable & Equatable>(
        _ read: @escaping @Sendable () -> Value
    ) -> CollectedState<Value> {
        let state = CollectedState<Value>()
        collector.states.add(state, read)
        return state
    }
}
