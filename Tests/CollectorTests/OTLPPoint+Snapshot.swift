import Foundation
import Instruments
import TestSupport
import Testing

/// The data points that a snapshot means, spelled as those that were read from JSON.
extension OTLPPoint {
    static func all(in snapshot: MetricsSnapshot) -> [OTLPPoint] {
        let resource = "\(spell(snapshot.resource.attributes)) \(snapshot.resource.schemaURL)"
        return snapshot.scopes.flatMap { scopeMetrics in
            let scope = scopeMetrics.scope
            let scopeText =
                "\(scope.name) \(scope.version) \(spell(scope.attributes)) \(scope.schemaURL)"
            return scopeMetrics.metrics.flatMap { metric in
                all(in: metric).map { point in
                    OTLPPoint(
                        resource: resource, scope: scopeText, metric: spell(metric),
                        attributes: spell(point.attributes), start: point.start,
                        time: snapshot.time, value: point.value,
                        exemplars: point.exemplars.map(spell).joined())
                }
            }
        }
    }

    /// The points that arrived are those of the snapshots, one by one, in order.
    static func expect(
        _ arrived: [OTLPPoint], toBe snapshots: [MetricsSnapshot],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let meant = snapshots.flatMap { all(in: $0) }
        #expect(arrived.count == meant.count, sourceLocation: sourceLocation)
        for (index, (arrived, meant)) in zip(arrived, meant).enumerated() where arrived != meant {
            Issue.record(
                "data point \(index) is \(arrived), not \(meant)", sourceLocation: sourceLocation)
        }
    }

    private typealias Point = (
        attributes: AttributeSet, start: UInt64, value: String, exemplars: [Exemplar]
    )

    private static func all(in metric: Metric) -> [Point] {
        switch metric.data {
        case .sum(let points, _, _), .gauge(let points):
            points.map { ($0.attributes, $0.start, spell($0.value), $0.exemplars) }
        case .histogram(let points, let bounds, _):
            points.map { ($0.attributes, $0.start, spell($0, bounds), $0.exemplars) }
        case .exponentialHistogram(let points, _):
            points.map { ($0.attributes, $0.start, spell($0), $0.exemplars) }
        }
    }

    private static func spell(_ point: HistogramPoint, _ bounds: [Double]) -> String {
        spell(
            count: point.count, sum: point.sum, minimum: point.minimum, maximum: point.maximum)
            + spell(bounds: bounds, buckets: point.bucketCounts)
    }

    private static func spell(_ point: ExponentialHistogramPoint) -> String {
        let ranges = [point.positive, point.negative].map {
            spell(offset: $0.offset, buckets: $0.counts)
        }
        return spell(
            count: point.count, sum: point.sum, minimum: point.minimum, maximum: point.maximum)
            + " scale \(point.scale) zeros \(point.zeroCount)"
            + " positive \(ranges[0]) negative \(ranges[1])"
    }

    private static func spell(_ exemplar: Exemplar) -> String {
        let trace = exemplar.context.map {
            String(format: "%016lx%016lx", UInt($0.traceID.high), UInt($0.traceID.low))
        }
        return spellExemplar(
            time: exemplar.time, value: spell(exemplar.value), trace: trace ?? "",
            span: exemplar.context.map { String(format: "%016lx", UInt($0.spanID)) } ?? "",
            attributes: spell(exemplar.filteredAttributes))
    }

    private static func spell(_ metric: Metric) -> String {
        let kind =
            switch metric.data {
            case .sum(_, let isMonotonic, let temporality):
                "sum temporality \(number(temporality))" + (isMonotonic ? " monotonic" : "")
            case .gauge:
                "gauge temporality 0"
            case .histogram(_, _, let temporality):
                "histogram temporality \(number(temporality))"
            case .exponentialHistogram(_, let temporality):
                "exponentialHistogram temporality \(number(temporality))"
            }
        let descriptor = metric.descriptor
        return "\(descriptor.name) \(descriptor.unit) \(descriptor.description) \(kind)"
    }

    /// The number of OTLP's enum.
    private static func number(_ temporality: Temporality) -> Int {
        temporality == .delta ? 1 : 2
    }

    private static func spell(_ value: Number) -> String {
        switch value {
        case .int(let value): "int \(value)"
        case .double(let value): "double \(spell(value))"
        }
    }

    private static func spell(_ set: AttributeSet) -> String {
        spell(attributes: set.attributes.map { ($0.key, spell($0.value)) })
    }

    private static func spell(_ value: AttributeValue) -> String {
        switch value {
        case .string(let value): "string \(value)"
        case .bool(let value): "bool \(value)"
        case .int(let value): "int \(value)"
        case .double(let value): "double \(spell(value))"
        case .bytes(let value): "bytes \(value)"
        case .array(let values): "[" + values.map { spell($0) }.joined(separator: ", ") + "]"
        case .map(let members):
            spell(attributes: members.map { ($0.key, spell($0.value)) })
        case .empty: "empty"
        }
    }
}
