/// Takes what one run of a callback observes. What comes after the run is disregarded (A4.7).
final class ObservationSink: Sendable {
    private let storages: [ObservableStorage]
    private let contents = FirstTouchLock(Contents())

    private struct Contents {
        var isOpen = true
        var observed: [ObjectIdentifier: [Observed]] = [:]
    }

    /// One observation.
    struct Observed: Sendable {
        let attributes: AttributeSet
        let value: Number
    }

    init(_ storages: [ObservableStorage]) {
        self.storages = storages
    }

    func observe(_ value: Number, _ storage: ObservableStorage, _ attributes: AttributeSet) {
        let isAccepted = storages.contains { $0 === storage } && storage.accepts(value)
        let isRefused = contents.withLock { contents in
            guard contents.isOpen else { return false }
            guard isAccepted else { return true }
            contents.observed[ObjectIdentifier(storage), default: []]
                .append(Observed(attributes: attributes, value: value))
            return false
        }
        if isRefused { storage.drop() }
    }

    func close() {
        contents.withLock { $0.isOpen = false }
    }

    func observations(of storage: ObservableStorage) -> [Observed] {
        contents.withLock { $0.observed[ObjectIdentifier(storage)] ?? [] }
    }
}
