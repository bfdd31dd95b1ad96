package import Instruments

/// A metric that the emitter measures of itself: what registers it, and what dashboards and
/// documents are made from. The names stand here and nowhere else.
package struct OwnMetric: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case counter, upDownCounter, histogram, gauge
    }

    package let name: String
    package let kind: Kind
    /// UCUM.
    package let unit: String
    package let description: String
    /// The keys of its attributes; a data point need not have all of them.
    package let keys: [String]

    private init(
        _ name: String, _ kind: Kind, unit: String, _ description: String, keys: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.unit = unit
        self.description = description
        self.keys = keys
    }

    /// All of them, in the order of README's table.
    package static let all: [OwnMetric] = [
        inflight, exported, operationDuration, collectionDuration, lost, spooled, replayed,
        lastSuccessAge, certificateExpiry, refusedAttributeSets,
    ]

    /// Where all of them are.
    package static let scope = InstrumentationScope(name: "otelemitter", version: Version.number)

    // MARK: Keys

    private static let componentKeys = ["otel.component.type", "otel.component.name"]
    private static let exporterKeys = componentKeys + ["server.address", "server.port"]

    // MARK: Exports

    package static let inflight = OwnMetric(
        "otel.sdk.exporter.metric_data_point.inflight", .upDownCounter, unit: "{data_point}",
        "Data points handed to the exporter that are not yet decided.", keys: exporterKeys)
    package static let exported = OwnMetric(
        "otel.sdk.exporter.metric_data_point.exported", .counter, unit: "{data_point}",
        "Data points whose export has ended, by what it ended with.",
        keys: exporterKeys + ["error.type"])
    package static let operationDuration = OwnMetric(
        "otel.sdk.exporter.operation.duration", .histogram, unit: "s",
        "Time from a batch's first attempt to its end, back-off included.",
        keys: exporterKeys + ["error.type", "http.response.status_code"])
    package static let collectionDuration = OwnMetric(
        "otel.sdk.metric_reader.collection.duration", .histogram, unit: "s",
        "Time that a collection takes.", keys: componentKeys)

    // MARK: Delivery

    package static let lost = OwnMetric(
        "otelemitter.data_points.lost", .counter, unit: "{data_point}",
        "Data points declared lost, by reason.", keys: ["reason"])
    package static let spooled = OwnMetric(
        "otelemitter.data_points.spooled", .counter, unit: "{data_point}",
        "Data points written to disk until they can be delivered.")
    package static let replayed = OwnMetric(
        "otelemitter.data_points.replayed", .counter, unit: "{data_point}",
        "Data points delivered from disk.")
    package static let lastSuccessAge = OwnMetric(
        "otelemitter.last_success.age", .gauge, unit: "s",
        "Time since a request was accepted, or since the emitter was made.")

    // MARK: What needs attention

    package static let certificateExpiry = OwnMetric(
        "otelemitter.certificate.time_to_expiry", .gauge, unit: "s",
        "Time until the certificate in use expires; negative once it has.",
        keys: ["otelemitter.certificate"])
    package static let refusedAttributeSets = OwnMetric(
        "otelemitter.attribute_sets.refused", .gauge, unit: "{attribute_set}",
        "Attribute sets that share the overflow point, estimated.",
        keys: ["otelemitter.scope", "otelemitter.instrument", "otelemitter.attribute.key"])
}

/// Registering what is listed above.
extension Meter {
    func counter(_ own: OwnMetric) -> Counter<Int> {
        counter(own.name, unit: own.unit, description: own.description)
    }

    func upDownCounter(_ own: OwnMetric) -> UpDownCounter<Int> {
        upDownCounter(own.name, unit: own.unit, description: own.description)
    }

    /// Without buckets: the emitter's own timings are there as averages.
    func histogram(_ own: OwnMetric) -> Histogram<Double> {
        histogram(own.name, unit: own.unit, description: own.description, boundaries: [])
    }

    func gauge(_ own: OwnMetric) -> Gauge<Double> {
        gauge(own.name, unit: own.unit, description: own.description)
    }
}
