/// The meters of a provider, by their scope.
final class MeterRegistry: Sendable {
    private let meters = FirstTouchLock<[InstrumentationScope: MeterStorage]>([:])

    /// The meter of a scope: the first one made, if there is one.
    ///
    /// - Parameter make: called without a lock, since it may ask the host.
    func meter(_ scope: InstrumentationScope, make: () -> MeterStorage) -> MeterStorage {
        if let found = meters.withLock({ $0[scope] }) { return found }
        let made = make()
        return meters.withLock { meters in
            if let found = meters[scope] { return found }
            meters[scope] = made
            return made
        }
    }

    /// All meters, in the order of output.
    func sorted() -> [MeterStorage] {
        meters.withLock { Array($0.values) }.sorted { $0.scope.precedes($1.scope) }
    }
}
