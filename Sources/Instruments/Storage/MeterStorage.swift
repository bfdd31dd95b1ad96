/// The instruments of one scope.
final class MeterStorage: Sendable {
    let scope: InstrumentationScope
    let settings: ProviderSettings
    private let isEnabled: Bool
    private let contents = FirstTouchLock(Contents())

    fileprivate struct Contents {
        var instruments: [InstrumentDescriptor: Known<InstrumentStorage>] = [:]
        var observables: [InstrumentDescriptor: Known<ObservableStorage>] = [:]
        /// What is exported under each name, in lower case.
        var exported: [String: [InstrumentDescriptor]] = [:]
    }

    /// An instrument as it was first asked for.
    fileprivate struct Known<Storage: Sendable> {
        let storage: Storage
        let descriptor: InstrumentDescriptor
        let advice: InstrumentAdvice
    }

    /// - Parameter isEnabled: whether its instruments keep measurements.
    init(scope: InstrumentationScope, settings: ProviderSettings, isEnabled: Bool = true) {
        self.scope = scope
        self.settings = settings
        self.isEnabled = isEnabled
    }

    /// The instrument of this identity: the first one made, if there is one.
    func instrument(
        _ descriptor: InstrumentDescriptor, _ advice: InstrumentAdvice
    ) -> InstrumentStorage {
        register(descriptor, advice, among: \.instruments) { resolver in
            let streams = isEnabled ? resolver.streams() : []
            return (InstrumentStorage(descriptor, streams: streams), streams.map(\.metric))
        }
    }

    /// The observable instrument of this identity: the first one made, if there is one.
    func observable(
        _ descriptor: InstrumentDescriptor, _ advice: InstrumentAdvice
    ) -> ObservableStorage {
        register(descriptor, advice, among: \.observables) { resolver in
            let streams = isEnabled ? resolver.observableStreams() : []
            let storage = ObservableStorage(descriptor, streams: streams, clock: settings.clock)
            return (storage, streams.map(\.metric))
        }
    }

    /// - Parameter make: makes the instrument, and tells which metrics it exports. Called without a
    ///   lock; of what several threads make at once, one instrument stays.
    private func register<Storage: AnyObject>(
        _ descriptor: InstrumentDescriptor, _ advice: InstrumentAdvice,
        among known: WritableKeyPath<Contents, [InstrumentDescriptor: Known<Storage>]>,
        make: (inout StreamResolver) -> (Storage, [MetricDescriptor])
    ) -> Storage {
        let identity = descriptor.identity
        if let found = contents.withLock({ $0[keyPath: known][identity] }) {
            settings.check(found.descriptor, found.advice, descriptor, advice)
            return found.storage
        }
        var resolver = StreamResolver(settings, scope, descriptor, advice)
        let (storage, metrics) = make(&resolver)
        let made = Known(storage: storage, descriptor: descriptor, advice: advice)
        let (found, conflicts) = contents.withLock { contents in
            if let found = contents[keyPath: known][identity] { return (found, [String]()) }
            contents[keyPath: known][identity] = made
            return (made, contents.export(metrics, of: descriptor))
        }
        if found.storage === storage {
            settings.registered(descriptor, conflicts, resolver.diagnostics)
        } else {
            settings.check(found.descriptor, found.advice, descriptor, advice)
        }
        return found.storage
    }

    /// All synchronous instruments, in the order of output.
    func sortedInstruments() -> [InstrumentStorage] {
        contents.withLock { $0.instruments.values.map(\.storage) }
            .sorted { $0.descriptor.precedes($1.descriptor) }
    }

    /// All observable instruments, in the order of output.
    func sortedObservables() -> [ObservableStorage] {
        contents.withLock { $0.observables.values.map(\.storage) }
            .sorted { $0.descriptor.precedes($1.descriptor) }
    }
}

extension MeterStorage.Contents {
    /// Notes the names under which an instrument is exported, and returns those that receivers
    /// can't tell from another stream's. Two registrations that differ in the description alone do
    /// not conflict if a view gives both the same description.
    fileprivate mutating func export(
        _ metrics: [MetricDescriptor], of instrument: InstrumentDescriptor
    ) -> [String] {
        var conflicts: [String] = []
        var own: Set<String> = []
        for metric in metrics {
            let name = metric.name.lowercased()
            let seen = InstrumentDescriptor(
                name: instrument.identity.name, kind: instrument.kind, unit: metric.unit,
                description: metric.description, number: instrument.number)
            let isOther = exported[name]?.contains { $0 != seen } ?? false
            if !own.insert(name).inserted || isOther { conflicts.append(metric.name) }
            exported[name, default: []].append(seen)
        }
        return conflicts
    }
}
