/// A data point of an OTLP JSON request with everything that it stands in, as Foundation's parser
/// reads it: every part is a text that two readers of the same data spell alike.
package struct OTLPPoint: Sendable, Hashable {
    /// The resource: attributes and schema URL.
    package var resource: String
    /// The scope: name, version, attributes and schema URL.
    package var scope: String
    /// The metric: name, unit, description, kind, temporality, monotonicity.
    package var metric: String
    package var attributes: String
    package var start: UInt64
    package var time: UInt64
    /// The value, or count, sum, minimum, maximum and buckets.
    package var value: String
    /// Each exemplar: time, value, trace, span, filtered attributes.
    package var exemplars: String

    package init(
        resource: String, scope: String, metric: String, attributes: String, start: UInt64,
        time: UInt64, value: String, exemplars: String
    ) {
        self.resource = resource
        self.scope = scope
        self.metric = metric
        self.attributes = attributes
        self.start = start
        self.time = time
        self.value = value
        self.exemplars = exemplars
    }

    /// The data points of a request, in its order.
    package static func all(inRequest bytes: [UInt8]) throws -> [OTLPPoint] {
        let request = try OTLPObject(try JSONValue(parsing: bytes), "the request")
        var points: [OTLPPoint] = []
        for resourceMetrics in try request.list("resourceMetrics") {
            let resource =
                try resourceMetrics.object("resource").map { try $0.attributes() } ?? "{}"
            let resourceText = try "\(resource) \(resourceMetrics.text("schemaUrl"))"
            for scopeMetrics in try resourceMetrics.list("scopeMetrics") {
                let scope = try scopeText(scopeMetrics)
                for metric in try scopeMetrics.list("metrics") {
                    points += try all(in: metric, resourceText, scope)
                }
            }
        }
        return points
    }

    private static func scopeText(_ scopeMetrics: OTLPObject) throws -> String {
        let url = try scopeMetrics.text("schemaUrl")
        guard let scope = try scopeMetrics.object("scope") else { return "  {} \(url)" }
        return try "\(scope.text("name")) \(scope.text("version")) \(scope.attributes()) \(url)"
    }

    private static func all(
        in metric: OTLPObject, _ resource: String, _ scope: String
    ) throws -> [OTLPPoint] {
        let head = try ["name", "unit", "description"].map { try metric.text($0) }
        let kinds = try ["sum", "gauge", "histogram", "exponentialHistogram"].compactMap { kind in
            try metric.object(kind).map { (kind, $0) }
        }
        guard kinds.count == 1, let (kind, data) = kinds.first else {
            throw SystemError(text: "the metric \(head[0]) has \(kinds.count) kinds of data")
        }
        let temporality = try data.integer("aggregationTemporality")
        let isMonotonic = try data.flag("isMonotonic")
        let text =
            head.joined(separator: " ") + " \(kind) temporality \(temporality)"
            + (isMonotonic ? " monotonic" : "")
        return try data.list("dataPoints").map { point in
            OTLPPoint(
                resource: resource, scope: scope, metric: text,
                attributes: try point.attributes(), start: try point.unsigned("startTimeUnixNano"),
                time: try point.unsigned("timeUnixNano"), value: try value(of: point, kind),
                exemplars: try point.exemplarsText())
        }
    }

    private static func value(of point: OTLPObject, _ kind: String) throws -> String {
        switch kind {
        case "histogram": try point.histogramText()
        case "exponentialHistogram": try point.exponentialHistogramText()
        default: try point.numberText()
        }
    }

    // MARK: Spelling

    /// A double in the spelling of `value`: exact, with its sign and its kind of NaN left out.
    package static func spell(_ value: Double) -> String {
        value.isNaN ? "nan" : "\(value)"
    }

    /// What all histograms have. A sum, minimum or maximum that is absent is not zero.
    package static func spell(
        count: UInt64, sum: Double?, minimum: Double?, maximum: Double?
    ) -> String {
        let values = [sum, minimum, maximum].map { $0.map(spell) ?? "none" }
        return "count \(count) sum \(values[0]) min \(values[1]) max \(values[2])"
    }

    package static func spell(bounds: [Double], buckets: [UInt64]) -> String {
        " bounds \(bounds.map(spell)) buckets \(buckets)"
    }

    /// A range of exponential buckets; its offset means nothing while it is empty.
    package static func spell(offset: Int32, buckets: [UInt64]) -> String {
        buckets.isEmpty ? "none" : "\(offset): \(buckets)"
    }

    /// - Parameters:
    ///   - trace: in hexadecimal; empty if there is none.
    ///   - span: likewise.
    package static func spellExemplar(
        time: UInt64, value: String, trace: String, span: String, attributes: String
    ) -> String {
        "<\(time) \(value) trace \(trace) span \(span) \(attributes)>"
    }

    /// Attributes in the order of their keys.
    package static func spell(attributes: [(key: String, value: String)]) -> String {
        let sorted = attributes.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        return "{" + sorted.map { "\($0.key)=\($0.value)" }.joined(separator: ", ") + "}"
    }
}
