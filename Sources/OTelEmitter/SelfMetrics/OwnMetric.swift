package import Instruments

/// The metrics that the emitter measures of itself. Their names stand here and nowhere else.
package enum OwnMetric {
    /// All of them, in the order of README's table.
    package static let all: [InstrumentDefinition] = [
        inflight.definition, exported.definition, operationDuration.definition,
        collectionDuration.definition, lost.definition, spooled.definition, replayed.definition,
        lastSuccessAge, certificateExpiry.definition, refusedAttributeSets,
    ]

    /// Where all of them are.
    package static let scope = InstrumentationScope(name: "otelemitter", version: Version.number)

    // MARK: Keys

    /// The keys of their attributes.
    enum Key {
        static let componentType = "otel.component.type"
        static let componentName = "otel.component.name"
        static let serverAddress = "server.address"
        static let serverPort = "server.port"
        static let errorType = "error.type"
        static let status = "http.response.status_code"
        static let lossReason = "reason"
        static let certificate = "otelemitter.certificate"
        static let scope = "otelemitter.scope"
        static let instrument = "otelemitter.instrument"
        static let attributeKey = "otelemitter.attribute.key"
    }

    private static let componentKeys = keys(Key.componentType, Key.componentName)
    private static let exporterKeys =
        componentKeys + keys(Key.serverAddress, Key.serverPort)

    private static func keys(_ names: String...) -> [InstrumentDefinition.Key] {
        names.map { InstrumentDefinition.Key($0) }
    }

    // MARK: Exports

    package static let inflight = InstrumentDefinition.upDownCounter(
        "otel.sdk.exporter.metric_data_point.inflight", unit: "{data_point}",
        description: "Data points handed to the exporter that are not yet decided.",
        keys: exporterKeys)
    package static let exported = InstrumentDefinition.counter(
        "otel.sdk.exporter.metric_data_point.exported", unit: "{data_point}",
        description: "Data points whose export has ended, by what it ended with.",
        keys: exporterKeys + keys(Key.errorType))
    /// Without buckets, as all of the emitter's own timings: they are there as averages.
    package static let operationDuration = InstrumentDefinition.histogram(
        "otel.sdk.exporter.operation.duration", unit: "s",
        description: "Time from a batch's first attempt to its end, back-off included.",
        boundaries: [],
        keys: exporterKeys + keys(Key.errorType, Key.status))
    package static let collectionDuration = InstrumentDefinition.histogram(
        "otel.sdk.metric_reader.collection.duration", unit: "s",
        description: "Time that a collection takes.", boundaries: [], keys: componentKeys)

    // MARK: Delivery

    package static let lost = InstrumentDefinition.counter(
        "otelemitter.data_points.lost", unit: "{data_point}",
        description: "Data points declared lost, by reason.",
        keys: [.init(Key.lossReason, values: LossReason.allCases.map { .string($0.rawValue) })])
    package static let spooled = InstrumentDefinition.counter(
        "otelemitter.data_points.spooled", unit: "{data_point}",
        description: "Data points written to disk until they can be delivered.")
    package static let replayed = InstrumentDefinition.counter(
        "otelemitter.data_points.replayed", unit: "{data_point}",
        description: "Data points delivered from disk.")
    /// `LastSuccess` gives it to each collection.
    package static let lastSuccessAge = InstrumentDefinition(
        "otelemitter.last_success.age", .gauge, .double, unit: "s",
        description: "Time since a request was accepted, or since the emitter was made.")

    // MARK: What needs attention

    package static let certificateExpiry = InstrumentDefinition.gauge(
        "otelemitter.certificate.time_to_expiry", unit: "s",
        description: "Time until the certificate in use expires; negative once it has.",
        keys: keys(Key.certificate))
    /// `OverflowMetric` gives it to each collection.
    package static let refusedAttributeSets = InstrumentDefinition(
        "otelemitter.attribute_sets.refused", .gauge, .integer, unit: "{attribute_set}",
        description: "Attribute sets that share the overflow point, estimated.",
        keys: keys(Key.scope, Key.instrument, Key.attributeKey))
}

extension MetricDescriptor {
    /// Of a metric that no meter makes.
    init(_ definition: InstrumentDefinition) {
        self.init(
            name: definition.name, unit: definition.unit, description: definition.description)
    }
}
