/// Instruments over a closed set of attributes: as fast as bound ones, without binding by hand.
extension Meter {
    /// A sum that only grows, over a closed set of attributes.
    public func counter<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        of: Value.Type = Int.self, over: Attributes.Type
    ) -> ClosedCounter<Value, Attributes> {
        let storage = instrument(.counter, name, unit, description, Value.numberKind)
        return ClosedCounter(cells: closed(storage, Attributes.self))
    }

    /// A sum that grows and falls, over a closed set of attributes.
    public func upDownCounter<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        of: Value.Type = Int.self, over: Attributes.Type
    ) -> ClosedUpDownCounter<Value, Attributes> {
        let storage = instrument(.upDownCounter, name, unit, description, Value.numberKind)
        return ClosedUpDownCounter(cells: closed(storage, Attributes.self))
    }

    /// A distribution over a closed set of attributes.
    public func histogram<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        boundaries: [Double]? = nil, of: Value.Type = Double.self, over: Attributes.Type
    ) -> ClosedHistogram<Value, Attributes> {
        let storage = instrument(
            .histogram, name, unit, description, Value.numberKind, boundaries)
        return ClosedHistogram(cells: closed(storage, Attributes.self))
    }

    /// A level over a closed set of attributes.
    public func gauge<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        of: Value.Type = Double.self, over: Attributes.Type
    ) -> ClosedGauge<Value, Attributes> {
        let storage = instrument(.gauge, name, unit, description, Value.numberKind)
        return ClosedGauge(cells: closed(storage, Attributes.self))
    }

    private func closed<Attributes: ClosedAttributes>(
        _ instrument: InstrumentStorage, _: Attributes.Type
    ) -> ClosedSet {
        ClosedSet(instrument, Attributes.self, report: storage.settings.reportOnce)
    }
}
