/// The states that were copied in one collection; `MetricsSnapshot.state` reads one of them.
public struct CollectedStates: Sendable, Equatable {
    private let values: [Int: any Sendable & Equatable]

    /// No states, as in a snapshot that no provider made.
    public init() {
        self.init([:])
    }

    /// - Parameter values: by the keys of their `CollectedState`.
    init(_ values: [Int: any Sendable & Equatable]) {
        self.values = values
    }

    /// The value of a state, if it was copied.
    func value<Value>(of state: CollectedState<Value>) -> Value? {
        values[state.key] as? Value
    }

    /// States are equal if they are of the same keys, types and values.
    public static func == (left: CollectedStates, right: CollectedStates) -> Bool {
        left.values.count == right.values.count
            && left.values.allSatisfy { key, value in
                right.values[key].map { value.isEqual(to: $0) } ?? false
            }
    }
}

extension Equatable {
    /// Whether a value of whatever type is of this type and equal.
    fileprivate func isEqual(to other: any Equatable) -> Bool {
        (other as? Self).map { $0 == self } ?? false
    }
}
