internal import Instruments

/// An instrument as it is known before anything is recorded: what registers it, and what dashboards
/// and documents are made from.
package struct InstrumentEntry: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case counter, histogram, gauge
    }

    /// An attribute of its data points.
    package struct Key: Sendable, Equatable {
        package let name: String
        /// The values that it may have; nil: an open set, whose size is bounded.
        package let values: [String]?

        init(open name: String) {
            self.name = name
            values = nil
        }

        init<Enum: AttributeEnum>(_: Enum.Type) {
            name = Enum.attributeKey
            values = Enum.all.map(\.attributeValue)
        }
    }

    package let name: String
    package let kind: Kind
    /// Whether its values are integers; otherwise they are doubles.
    package let isInteger: Bool
    /// UCUM.
    package let unit: String
    package let description: String
    /// Of the buckets, for histograms.
    package let boundaries: [Double]
    package let keys: [Key]

    static func counter(
        _ name: String, unit: String = "1", _ description: String, _ keys: Key...
    ) -> InstrumentEntry {
        InstrumentEntry(
            name: name, kind: .counter, isInteger: true, unit: unit, description: description,
            boundaries: [], keys: keys)
    }

    /// A histogram of durations in milliseconds.
    static func durations(
        _ name: String, _ description: String, boundaries: [Double], _ keys: Key...
    ) -> InstrumentEntry {
        InstrumentEntry(
            name: name, kind: .histogram, isInteger: false, unit: "ms", description: description,
            boundaries: boundaries, keys: keys)
    }

    /// A histogram of sizes in bytes.
    static func sizes(_ name: String, _ description: String, _ keys: Key...) -> InstrumentEntry {
        InstrumentEntry(
            name: name, kind: .histogram, isInteger: true, unit: "By", description: description,
            boundaries: Boundaries.bytes, keys: keys)
    }

    static func gauge(
        _ name: String, unit: String, isInteger: Bool = true, _ description: String, _ keys: Key...
    ) -> InstrumentEntry {
        InstrumentEntry(
            name: name, kind: .gauge, isInteger: isInteger, unit: unit, description: description,
            boundaries: [], keys: keys)
    }
}

/// Registering what the catalogue knows.
extension Meter {
    func counter<Attributes: ClosedAttributes>(
        _ entry: InstrumentEntry, over: Attributes.Type
    ) -> ClosedCounter<Int, Attributes> {
        counter(entry.name, unit: entry.unit, description: entry.description, over: over)
    }

    func counter(_ entry: InstrumentEntry) -> Counter<Int> {
        counter(entry.name, unit: entry.unit, description: entry.description)
    }

    func histogram<Value: MetricNumber, Attributes: ClosedAttributes>(
        _ entry: InstrumentEntry, of: Value.Type = Double.self, over: Attributes.Type
    ) -> ClosedHistogram<Value, Attributes> {
        histogram(
            entry.name, unit: entry.unit, description: entry.description,
            boundaries: entry.boundaries, of: of, over: over)
    }

    func histogram(_ entry: InstrumentEntry) -> Histogram<Double> {
        histogram(
            entry.name, unit: entry.unit, description: entry.description,
            boundaries: entry.boundaries)
    }

    func gauge<Value: MetricNumber>(
        _ entry: InstrumentEntry, of: Value.Type
    ) -> BoundGauge<Value> {
        gauge(entry.name, unit: entry.unit, description: entry.description, of: of).bind(.empty)
    }

    func gauge<Attributes: ClosedAttributes>(
        _ entry: InstrumentEntry, over: Attributes.Type
    ) -> ClosedGauge<Int, Attributes> {
        gauge(
            entry.name, unit: entry.unit, description: entry.description, of: Int.self, over: over)
    }
}
