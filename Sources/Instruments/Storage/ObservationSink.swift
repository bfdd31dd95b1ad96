/// Takes what one run of a callback observes. What comes after the run is disregarded.
final class ObservationSink: Sendable {
    /// Observations that one run of a callback may make; further ones are dropped and counted.
    static let maximumObservations = 1 << 20

    private let storages: [ObservableStorage]
    private let limit: Int
    private let contents = FirstTouchLock(Contents())

    private struct Contents {
        var isOpen = true
        var observed: [ObjectIdentifier: [Observed]] = [:]
        var count = 0
        var isOverfull = false
    }

    /// One observation.
    struct Observed: Sendable {
        let attributes: AttributeSet
        let value: Number
    }

    init(_ storages: [ObservableStorage], limit: Int = maximumObservations) {
        self.storages = storages
        self.limit = limit
    }

    func observe(_ value: Number, _ storage: ObservableStorage, _ attributes: AttributeSet) {
        let isAccepted = storages.contains { $0 === storage } && storage.accepts(value)
        let isRefused = contents.withLock { contents in
            guard contents.isOpen else { return false }
            guard isAccepted else { return true }
            guard contents.count < limit else {
                contents.isOverfull = true
                return true
            }
            contents.count += 1
            contents.observed[ObjectIdentifier(storage), default: []]
                .append(Observed(attributes: attributes, value: value))
            return false
        }
        if isRefused { storage.drop() }
    }

    func close() {
        contents.withLock { $0.isOpen = false }
    }

    /// Whether more was observed than is kept.
    var isOverfull: Bool { contents.withLock { $0.isOverfull } }

    /// Called when the run was too late: nobody will ask for what it observed.
    func discard() {
        let released = contents.withLock { contents in
            contents.isOpen = false
            let observed = contents.observed
            contents.observed = [:]
            return observed
        }
        // Freed outside the lock: there may be very many.
        withExtendedLifetime(released) {}
    }

    func observations(of storage: ObservableStorage) -> [Observed] {
        contents.withLock { $0.observed[ObjectIdentifier(storage)] ?? [] }
    }
}
