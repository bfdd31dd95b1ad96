/// Instruments whose values are asked for by each collection.
extension Meter {
    /// A total that only grows, observed by callbacks.
    public func observableCounter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        keeping keys: Set<String>? = nil, of: Value.Type,
        callback: (@Sendable (Observer<Value>) -> Void)? = nil
    ) -> ObservableInstrument<Value> {
        observable(.observableCounter, name, unit, description, keys, callback)
    }

    /// A total that grows and falls, observed by callbacks.
    public func observableUpDownCounter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        keeping keys: Set<String>? = nil, of: Value.Type,
        callback: (@Sendable (Observer<Value>) -> Void)? = nil
    ) -> ObservableInstrument<Value> {
        observable(.observableUpDownCounter, name, unit, description, keys, callback)
    }

    /// A level, observed by callbacks.
    public func observableGauge<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        keeping keys: Set<String>? = nil, of: Value.Type,
        callback: (@Sendable (Observer<Value>) -> Void)? = nil
    ) -> ObservableInstrument<Value> {
        observable(.observableGauge, name, unit, description, keys, callback)
    }

    /// Adds one callback for several instruments of this meter, so that what belongs together is
    /// observed together.
    @discardableResult
    public func addCallback<each Value: MetricNumber>(
        for instruments: repeat ObservableInstrument<each Value>,
        observing body: @escaping @Sendable (MultiObserver) -> Void
    ) -> CallbackRegistration {
        var storages: [ObservableStorage] = []
        repeat storages.append((each instruments).storage)
        let name = storages.map(\.descriptor.name).joined(separator: ", ")
        return callbacks.add(
            CallbackRegistry.Entry(name: name, storages: storages) { sink in
                body(MultiObserver(sink: sink))
            })
    }

    private func observable<Value: MetricNumber>(
        _ kind: InstrumentKind, _ name: String, _ unit: String, _ description: String,
        _ keys: Set<String>?, _ callback: (@Sendable (Observer<Value>) -> Void)?
    ) -> ObservableInstrument<Value> {
        let descriptor = InstrumentDescriptor(
            name: name, kind: kind, unit: unit, description: description,
            number: Value.numberKind)
        let instrument = ObservableInstrument<Value>(
            storage: storage.observable(descriptor, InstrumentAdvice(attributeKeys: keys)),
            callbacks: callbacks)
        if let callback { instrument.addCallback(callback) }
        return instrument
    }
}
