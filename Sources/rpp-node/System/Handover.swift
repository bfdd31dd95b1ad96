/// A value that one thread makes and another thread takes over, once.
///
/// It is `Sendable` because the compiler checks that the maker keeps no reference.
final class Handover<Value>: Sendable {
    private let value: Guarded<Value?>

    init(_ value: consuming sending Value) {
        self.value = Guarded(value)
    }

    /// Takes the value. Nil if it has already been taken.
    func take() -> sending Value? {
        value.withLock { $0.take() }
    }
}
