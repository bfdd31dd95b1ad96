/// All that is known of an instrument before it is made.
///
/// A definition is written once, at a place where everything finds it: what makes the instrument,
/// and what makes documents or dashboards from a list of definitions.
///
///     enum Shop {
///         static let parcels = InstrumentDefinition.counter("shop.parcels", over: Size.self)
///         static let all = [parcels.definition]
///     }
///     let parcels = meter.make(Shop.parcels)
///
/// A value without a tie to any provider; making one registers nothing.
public struct InstrumentDefinition: Sendable, Equatable {
    /// The key of an attribute that data points of the instrument may have.
    public struct Key: Sendable, Equatable {
        /// As data points have it.
        public let name: String
        /// The values that it may have, in their order; nil: any.
        public let values: [AttributeValue]?

        /// A key with its values, or with any.
        public init(_ name: String, values: [AttributeValue]? = nil) {
            self.name = name
            self.values = values
        }
    }

    /// A definition that also knows the type of the instrument, so that `Meter.make` can make it.
    public struct Typed<Instrument: Sendable>: Sendable {
        /// What is known of the instrument.
        public let definition: InstrumentDefinition
        fileprivate let make: @Sendable (Meter, InstrumentDefinition) -> Instrument

        init(
            _ definition: InstrumentDefinition,
            make: @escaping @Sendable (Meter, InstrumentDefinition) -> Instrument
        ) {
            self.definition = definition
            self.make = make
        }
    }

    /// By which its meter knows it; see `Meter` for the syntax.
    public let name: String
    /// What kind of instrument is made.
    public let kind: InstrumentKind
    /// Whether it measures in integers or in doubles.
    public let number: NumberKind
    /// UCUM; empty: none.
    public let unit: String
    /// A sentence for those who read what it measures.
    public let description: String
    /// Of a histogram's buckets; nil: OpenTelemetry's default, and for all other kinds.
    public let boundaries: [Double]?
    /// The keys that its data points have; a data point need not have all of them. Those of an
    /// instrument over closed attributes come from their type. They are for the reader: no other
    /// key is refused.
    public let keys: [Key]

    /// The definition of something that no meter makes, such as a metric of a `MetricProducer`.
    public init(
        _ name: String, _ kind: InstrumentKind, _ number: NumberKind, unit: String = "",
        description: String = "", boundaries: [Double]? = nil, keys: [Key] = []
    ) {
        self.name = name
        self.kind = kind
        self.number = number
        self.unit = unit
        self.description = description
        self.boundaries = boundaries
        self.keys = keys
    }

    // MARK: With free attributes

    /// A `Counter`, as `Meter.counter` makes it.
    public static func counter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "", keys: [Key] = [],
        of: Value.Type = Int.self
    ) -> Typed<Counter<Value>> {
        Typed(
            Self(
                name, .counter, Value.numberKind, unit: unit, description: description, keys: keys)
        ) {
            $0.counter($1.name, unit: $1.unit, description: $1.description, of: Value.self)
        }
    }

    /// An `UpDownCounter`, as `Meter.upDownCounter` makes it.
    public static func upDownCounter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "", keys: [Key] = [],
        of: Value.Type = Int.self
    ) -> Typed<UpDownCounter<Value>> {
        Typed(
            Self(
                name, .upDownCounter, Value.numberKind, unit: unit, description: description,
                keys: keys)
        ) {
            $0.upDownCounter($1.name, unit: $1.unit, description: $1.description, of: Value.self)
        }
    }

    /// A `Histogram`, as `Meter.histogram` makes it.
    public static func histogram<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "",
        boundaries: [Double]? = nil, keys: [Key] = [], of: Value.Type = Double.self
    ) -> Typed<Histogram<Value>> {
        Typed(
            Self(
                name, .histogram, Value.numberKind, unit: unit, description: description,
                boundaries: boundaries, keys: keys)
        ) {
            $0.histogram(
                $1.name, unit: $1.unit, description: $1.description, boundaries: $1.boundaries,
                of: Value.self)
        }
    }

    /// A `Gauge`, as `Meter.gauge` makes it.
    public static func gauge<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "", keys: [Key] = [],
        of: Value.Type = Double.self
    ) -> Typed<Gauge<Value>> {
        Typed(
            Self(
                name, .gauge, Value.numberKind, unit: unit, description: description, keys: keys)
        ) {
            $0.gauge($1.name, unit: $1.unit, description: $1.description, of: Value.self)
        }
    }

    // MARK: Observable

    /// A counter that is observed by the callbacks that are added to it once it is made.
    public static func observableCounter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "", keys: [Key] = [],
        of: Value.Type
    ) -> Typed<ObservableInstrument<Value>> {
        Typed(
            Self(
                name, .observableCounter, Value.numberKind, unit: unit, description: description,
                keys: keys)
        ) {
            $0.observableCounter(
                $1.name, unit: $1.unit, description: $1.description, of: Value.self)
        }
    }

    /// An up-down counter that is observed by the callbacks that are added to it once it is made.
    public static func observableUpDownCounter<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "", keys: [Key] = [],
        of: Value.Type
    ) -> Typed<ObservableInstrument<Value>> {
        Typed(
            Self(
                name, .observableUpDownCounter, Value.numberKind, unit: unit,
                description: description, keys: keys)
        ) {
            $0.observableUpDownCounter(
                $1.name, unit: $1.unit, description: $1.description, of: Value.self)
        }
    }

    /// A gauge that is observed by the callbacks that are added to it once it is made.
    public static func observableGauge<Value: MetricNumber>(
        _ name: String, unit: String = "", description: String = "", keys: [Key] = [],
        of: Value.Type
    ) -> Typed<ObservableInstrument<Value>> {
        Typed(
            Self(
                name, .observableGauge, Value.numberKind, unit: unit, description: description,
                keys: keys)
        ) {
            $0.observableGauge(
                $1.name, unit: $1.unit, description: $1.description, of: Value.self)
        }
    }
}

extension Meter {
    /// The instrument of a definition. As everywhere, asking twice gives the same series.
    public func make<Instrument>(
        _ definition: InstrumentDefinition.Typed<Instrument>
    ) -> Instrument {
        definition.make(self, definition.definition)
    }
}
