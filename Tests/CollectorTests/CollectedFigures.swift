import TestSupport

/// Figures of what a collector passed on: each series by the last point that arrived.
struct CollectedFigures {
    private let points: [OTLPPoint]

    /// - Parameter arrived: all points, in the order of arrival.
    init(_ arrived: [OTLPPoint]) {
        var last: [[String]: OTLPPoint] = [:]
        for point in arrived {
            last[[point.resource, point.scope, point.metric, point.attributes]] = point
        }
        points = Array(last.values)
    }

    var latestTime: UInt64 { points.map(\.time).max() ?? 0 }

    /// The points of a metric that have all of these attributes, such as `topic=string votes`.
    func points(_ metric: String, _ attributes: [String] = []) -> [OTLPPoint] {
        points.filter { point in
            let own = point.attributes.dropFirst().dropLast().split(separator: ", ")
            return point.metric.hasPrefix(metric + " ")
                && attributes.allSatisfy { own.contains(Substring($0)) }
        }
    }

    /// The sum of one field of them: `int` or `double` of numbers, `count` or `sum` of histograms.
    func total(_ metric: String, _ field: String, _ attributes: String...) -> Double {
        points(metric, attributes).reduce(0) { $0 + (Self.field(field, of: $1) ?? 0) }
    }

    /// The values of an attribute among the points of a metric, with what a field of each is.
    func byValue(of key: String, _ metric: String, _ field: String) -> [String: Double] {
        var found: [String: Double] = [:]
        for point in points(metric) {
            for attribute in point.attributes.dropFirst().dropLast().split(separator: ", ")
            where attribute.hasPrefix(key + "=string ") {
                let value = String(attribute.dropFirst((key + "=string ").count))
                found[value] = Self.field(field, of: point)
            }
        }
        return found
    }

    private static func field(_ name: String, of point: OTLPPoint) -> Double? {
        let words = point.value.split(separator: " ")
        guard let position = words.firstIndex(of: Substring(name)) else { return nil }
        return words.dropFirst(position + 1).first.flatMap { Double($0) }
    }
}
