internal import Instruments

/// Reads values of one scope from a snapshot, as sums over the points that have the wanted
/// attributes. Negative integers count as 0, because the document's numbers are unsigned.
struct ScopeReader {
    private let metrics: [String: MetricData]

    init(_ snapshot: MetricsSnapshot, scope: String) {
        let found = snapshot.scopes.filter { $0.scope.name == scope }.flatMap(\.metrics)
        metrics = Dictionary(
            found.map { ($0.descriptor.name, $0.data) }, uniquingKeysWith: { first, _ in first })
    }

    /// The sum of the integer points that have all of these attributes.
    func total(
        _ instrument: InstrumentDefinition.Typed<some Sendable>, _ attributes: [Attribute] = []
    ) -> UInt64 {
        points(of: instrument).reduce(0) { total, point in
            guard point.attributes.contains(attributes), case .int(let value) = point.value else {
                return total
            }
            let (sum, isOverflow) = total.addingReportingOverflow(UInt64(max(value, 0)))
            return isOverflow ? .max : sum
        }
    }

    /// The value of a gauge without attributes.
    func level(_ gauge: InstrumentDefinition.Typed<some Sendable>) -> Double? {
        points(of: gauge).first.map { $0.value.asDouble }
    }

    /// The values of a gauge for each value of one attribute, in the order of the attribute.
    func levels(
        _ gauge: InstrumentDefinition.Typed<some Sendable>, key: String
    ) -> [(value: String, level: Double)] {
        points(of: gauge).compactMap { point in
            guard case .string(let value) = point.attributes[key] else { return nil }
            return (value, point.value.asDouble)
        }
    }

    /// The count and the sum of the histogram points that have all of these attributes.
    func distribution(
        _ histogram: InstrumentDefinition.Typed<some Sendable>, _ attributes: [Attribute]
    ) -> (count: UInt64, sum: Double) {
        let parts: [(attributes: AttributeSet, count: UInt64, sum: Double?)]
        switch metrics[histogram.definition.name] {
        case .histogram(let points, _, _):
            parts = points.map { ($0.attributes, $0.count, $0.sum) }
        case .exponentialHistogram(let points, _):
            parts = points.map { ($0.attributes, $0.count, $0.sum) }
        case .sum, .gauge, nil:
            parts = []
        }
        return parts.filter { $0.attributes.contains(attributes) }
            .reduce((0, 0)) { ($0.0 &+ $1.count, $0.1 + ($1.sum ?? 0)) }
    }

    private func points(
        of instrument: InstrumentDefinition.Typed<some Sendable>
    ) -> [NumberPoint] {
        switch metrics[instrument.definition.name] {
        case .sum(let points, _, _), .gauge(let points): points
        case .histogram, .exponentialHistogram, nil: []
        }
    }
}

extension AttributeSet {
    fileprivate func contains(_ attributes: [Attribute]) -> Bool {
        attributes.allSatisfy { self[$0.key] == $0.value }
    }
}

extension Number {
    fileprivate var asDouble: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }
}
