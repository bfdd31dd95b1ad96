/// Definitions over a closed set of attributes: the keys come from its type.
extension InstrumentDefinition {
    /// A `ClosedCounter`, as `Meter.counter` makes it.
    public static func counter<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        of: Value.Type = Int.self, over: Attributes.Type
    ) -> Typed<ClosedCounter<Value, Attributes>> {
        Typed(
            Self(
                name, .counter, Value.numberKind, unit: unit, description: description,
                keys: keys(of: Attributes.self))
        ) {
            $0.counter(
                $1.name, unit: $1.unit, description: $1.description, of: Value.self,
                over: Attributes.self)
        }
    }

    /// A `ClosedUpDownCounter`, as `Meter.upDownCounter` makes it.
    public static func upDownCounter<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        of: Value.Type = Int.self, over: Attributes.Type
    ) -> Typed<ClosedUpDownCounter<Value, Attributes>> {
        Typed(
            Self(
                name, .upDownCounter, Value.numberKind, unit: unit, description: description,
                keys: keys(of: Attributes.self))
        ) {
            $0.upDownCounter(
                $1.name, unit: $1.unit, description: $1.description, of: Value.self,
                over: Attributes.self)
        }
    }

    /// A `ClosedHistogram`, as `Meter.histogram` makes it.
    public static func histogram<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        boundaries: [Double]? = nil, of: Value.Type = Double.self, over: Attributes.Type
    ) -> Typed<ClosedHistogram<Value, Attributes>> {
        Typed(
            Self(
                name, .histogram, Value.numberKind, unit: unit, description: description,
                boundaries: boundaries, keys: keys(of: Attributes.self))
        ) {
            $0.histogram(
                $1.name, unit: $1.unit, description: $1.description, boundaries: $1.boundaries,
                of: Value.self, over: Attributes.self)
        }
    }

    /// A `ClosedGauge`, as `Meter.gauge` makes it.
    public static func gauge<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ name: String, unit: String = "", description: String = "",
        of: Value.Type = Double.self, over: Attributes.Type
    ) -> Typed<ClosedGauge<Value, Attributes>> {
        Typed(
            Self(
                name, .gauge, Value.numberKind, unit: unit, description: description,
                keys: keys(of: Attributes.self))
        ) {
            $0.gauge(
                $1.name, unit: $1.unit, description: $1.description, of: Value.self,
                over: Attributes.self)
        }
    }

    /// The keys of all sets, and their values, in the order in which they first occur.
    private static func keys<Attributes: ClosedAttributes>(of _: Attributes.Type) -> [Key] {
        var keys: [(name: String, values: [AttributeValue])] = []
        var known: Set<Attribute> = []
        for attribute in Attributes.all.flatMap(\.attributes)
        where known.insert(attribute).inserted {
            if let place = keys.firstIndex(where: { $0.name.isSame(as: attribute.key) }) {
                keys[place].values.append(attribute.value)
            } else {
                keys.append((attribute.key, [attribute.value]))
            }
        }
        return keys.map { Key($0.name, values: $0.values) }
    }
}
