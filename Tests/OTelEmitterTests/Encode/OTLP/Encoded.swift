import Foundation
import Instruments

@testable import OTelEmitter

/// A request as the encoder gave it out.
struct Encoded: Equatable {
    let bytes: [UInt8]
    let points: Int

    static func limits(points: Int = .max, bytes: Int = .max) -> BatchLimits {
        var limits = BatchLimits()
        limits.points = points
        limits.bytes = bytes
        return limits
    }

    static func requests(
        of snapshot: MetricsSnapshot, limits: BatchLimits = Encoded.limits()
    ) -> [Encoded] {
        var encoder = OTLPEncoder(limits: limits)
        return requests(of: snapshot, by: &encoder)
    }

    static func requests(of snapshot: MetricsSnapshot, by encoder: inout OTLPEncoder) -> [Encoded] {
        var requests: [Encoded] = []
        encoder.encode(snapshot) { requests.append(Encoded(bytes: Array($0), points: $1)) }
        return requests
    }

    /// One line for each data point, with everything that it belongs to, read by Foundation's
    /// parser; and a complaint for each envelope that holds nothing.
    func flattened() throws -> [String] {
        let parsed = try JSONSerialization.jsonObject(with: Data(bytes))
        var lines: [String] = []
        for resource in try list(parsed, "resourceMetrics") {
            for scope in try list(resource, "scopeMetrics") {
                for metric in try list(scope, "metrics") {
                    for (kind, data) in metric where data is [String: Any] {
                        for point in try list(data, "dataPoints") {
                            lines.append(
                                try [
                                    without(resource, "scopeMetrics"), without(scope, "metrics"),
                                    without(metric, kind), kind, without(data, "dataPoints"),
                                    text(point),
                                ].joined(separator: " "))
                        }
                    }
                }
            }
        }
        return lines
    }

    struct EmptyEnvelope: Error {
        let name: String
    }

    private func list(_ object: Any, _ name: String) throws -> [[String: Any]] {
        let elements = (object as? [String: Any])?[name] as? [[String: Any]] ?? []
        if elements.isEmpty { throw EmptyEnvelope(name: name) }
        return elements
    }

    private func without(_ object: Any, _ name: String) throws -> String {
        var object = object as? [String: Any] ?? [:]
        object[name] = nil
        return try text(object)
    }

    private func text(_ object: [String: Any]) throws -> String {
        String(
            decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys),
            as: UTF8.self)
    }
}
