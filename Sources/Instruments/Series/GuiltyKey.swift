internal import Synchronization

/// The key that fills a table. It is found once, so that all reports name the same key.
final class GuiltyKey: Sendable {
    private let found = AtomicLazyReference<Name>()

    private final class Name: Sendable {
        let text: String

        init(_ text: String) { self.text = text }
    }

    /// The answer of the first call.
    func text(_ find: () -> String?) -> String {
        if let name = found.load() { return name.text }
        return found.storeIfNil(Name(find() ?? "")).text
    }
}
