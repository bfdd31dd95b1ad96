/// A registered callback. It stays registered until cancelled, whether this is kept or not.
public struct CallbackRegistration: Sendable {
    private let remove: @Sendable () -> Void

    init(_ remove: @escaping @Sendable () -> Void) {
        self.remove = remove
    }

    /// From the next collection on the callback does not run. Callable from any thread, also from
    /// inside a callback; a second call does nothing.
    public func cancel() {
        remove()
    }
}
