/// An instrument whose values are asked for by each collection: a counter, an up-down counter or a
/// gauge.
///
/// Values of counters are absolute totals, not increments. A series that a collection does not
/// observe is not in it. Specification: metrics API, *Asynchronous instruments*.
public struct ObservableInstrument<Value: MetricNumber>: Sendable {
    let storage: ObservableStorage
    let callbacks: CallbackRegistry

    /// Whether observations are kept: false if views drop the instrument or its meter is disabled.
    public var isEnabled: Bool { storage.isEnabled }

    /// Adds a callback that is run by each collection, until cancelled.
    ///
    /// It runs on a thread of the provider, exactly once per collection, and should return quickly;
    /// one that takes longer than the provider's limit is skipped until it returns. It may register
    /// and cancel callbacks. A collection that it asks for runs no callbacks and observes nothing.
    @discardableResult
    public func addCallback(
        _ body: @escaping @Sendable (Observer<Value>) -> Void
    ) -> CallbackRegistration {
        callbacks.add(
            CallbackRegistry.Entry(name: storage.descriptor.name, storages: [storage]) {
                [storage] sink in
                body(Observer(sink: sink, storage: storage))
            })
    }
}

/// Takes the observations of one instrument's callback. Of no use after the callback has returned.
public struct Observer<Value: MetricNumber>: Sendable {
    let sink: ObservationSink
    let storage: ObservableStorage
}

extension Observer where Value == Int {
    /// Observes the value of a series: a total since the process began, or a level.
    ///
    /// Of several observations of a series in one collection the last one counts.
    public func observe(_ value: Int, _ attributes: AttributeSet = .empty) {
        sink.observe(.int(Int64(value)), storage, attributes)
    }
}

extension Observer where Value == Double {
    /// Observes the value of a series: a total since the process began, or a level.
    ///
    /// Of several observations of a series in one collection the last one counts. Non-finite totals
    /// are dropped and counted.
    public func observe(_ value: Double, _ attributes: AttributeSet = .empty) {
        sink.observe(.double(value), storage, attributes)
    }
}

/// Takes the observations of a callback for several instruments. Of no use after the callback has
/// returned.
public struct MultiObserver: Sendable {
    let sink: ObservationSink

    /// Observes one of the instruments that the callback was registered for; of another one it is
    /// dropped and counted.
    public func observe(
        _ value: Int, _ instrument: ObservableInstrument<Int>, _ attributes: AttributeSet = .empty
    ) {
        sink.observe(.int(Int64(value)), instrument.storage, attributes)
    }

    /// Observes one of the instruments that the callback was registered for; of another one it is
    /// dropped and counted.
    public func observe(
        _ value: Double, _ instrument: ObservableInstrument<Double>,
        _ attributes: AttributeSet = .empty
    ) {
        sink.observe(.double(value), instrument.storage, attributes)
    }
}
