/// A value that one thread makes and another takes over, once.
///
/// The compiler checks that the maker keeps no reference: that is why this is `Sendable`.
final class Handover<Value>: Sendable {
    private let value: Guarded<Value?>

    init(_ value: consuming sending Value) {
        self.value = Guarded(value)
    }

    /// Nil for everybody but the first.
    func take() -> sending Value? {
        value.withLock { $0.take() }
    }
}
