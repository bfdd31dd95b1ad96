import Instruments

/// What a snapshot holds, one plain line for each data point, for `Tests/Oracle/compare.py`.
///
/// Made from the model alone and by other means than the encoder: strings and bytes in hexadecimal,
/// doubles as their bits, integers in decimal.
enum ExpectedLines {
    static func make(_ snapshot: MetricsSnapshot) -> [String] {
        var lines: [String] = []
        for scope in snapshot.scopes {
            for metric in scope.metrics {
                let place = [
                    text(snapshot.resource.attributes), hexadecimal(snapshot.resource.schemaURL),
                    hexadecimal(scope.scope.name), hexadecimal(scope.scope.version),
                    text(scope.scope.attributes), hexadecimal(scope.scope.schemaURL),
                    hexadecimal(metric.descriptor.name), hexadecimal(metric.descriptor.unit),
                    hexadecimal(metric.descriptor.description),
                    text(metric.descriptor.metadata),
                ]
                for point in points(metric.data, time: snapshot.time) {
                    lines.append((place + point).joined(separator: " "))
                }
            }
        }
        return lines
    }

    private static func points(_ data: MetricData, time: UInt64) -> [[String]] {
        switch data {
        case .sum(let points, let isMonotonic, let temporality):
            points.map {
                ["sum", text(temporality), isMonotonic ? "t" : "f"] + text($0, time: time)
            }
        case .gauge(let points):
            points.map { ["gauge", "-", "-"] + text($0, time: time) }
        case .histogram(let points, let bounds, let temporality):
            points.map {
                ["histogram", text(temporality), "-"] + text($0, bounds, time: time)
            }
        case .exponentialHistogram(let points, let temporality):
            points.map {
                ["exponential_histogram", text(temporality), "-"] + text($0, time: time)
            }
        }
    }

    private static func text(_ point: NumberPoint, time: UInt64) -> [String] {
        [
            text(point.attributes), "\(point.start)", "\(time)", text(point.exemplars),
            text(point.value),
        ]
    }

    private static func text(_ value: Number) -> String {
        switch value {
        case .int(let value): "i\(value)"
        case .double(let value): "d" + bits(value)
        }
    }

    private static func text(
        _ point: HistogramPoint, _ bounds: [Double], time: UInt64
    ) -> [String] {
        [
            text(point.attributes), "\(point.start)", "\(time)", text(point.exemplars),
            "\(point.count)", point.sum.map(bits) ?? "-", point.minimum.map(bits) ?? "-",
            point.maximum.map(bits) ?? "-",
            point.bucketCounts.map { "\($0)" }.joined(separator: ","),
            bounds.map(bits).joined(separator: ","),
        ]
    }

    private static func text(_ point: ExponentialHistogramPoint, time: UInt64) -> [String] {
        [
            text(point.attributes), "\(point.start)", "\(time)", text(point.exemplars),
            "\(point.count)", point.sum.map(bits) ?? "-", point.minimum.map(bits) ?? "-",
            point.maximum.map(bits) ?? "-", "\(point.scale)", "\(point.zeroCount)",
            text(point.positive), text(point.negative), threshold(point.zeroThreshold),
        ]
    }

    /// A threshold of zero is absent, whatever its sign.
    private static func threshold(_ value: Double) -> String { bits(value == 0 ? 0 : value) }

    /// A range without buckets is absent, whatever its offset.
    private static func text(_ buckets: ExponentialBuckets) -> String {
        buckets.counts.isEmpty
            ? "-"
            : "\(buckets.offset):" + buckets.counts.map { "\($0)" }.joined(separator: ",")
    }

    private static func text(_ exemplars: [Exemplar]) -> String {
        let texts = exemplars.map { exemplar in
            let context = exemplar.context
            let trace = context.map { sixteen($0.traceID.high) + sixteen($0.traceID.low) }
            return [
                "\(exemplar.time)", text(exemplar.value), trace ?? "-",
                context.map { sixteen($0.spanID) } ?? "-", text(exemplar.filteredAttributes),
            ].joined(separator: "/")
        }
        return "<" + texts.joined(separator: ";") + ">"
    }

    private static func text(_ temporality: Temporality) -> String {
        temporality == .delta ? "1" : "2"
    }

    private static func text(_ set: AttributeSet) -> String { text(set.attributes) }

    private static func text(_ attributes: [Attribute]) -> String {
        let pairs = attributes.map { hexadecimal($0.key) + "=" + text($0.value) }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func text(_ value: AttributeValue) -> String {
        switch value {
        case .string(let value): "s" + hexadecimal(value)
        case .bool(let value): value ? "t" : "f"
        case .int(let value): "i\(value)"
        case .double(let value): "d" + bits(value)
        case .bytes(let value): "x" + hexadecimal(value)
        case .array(let values): "[" + values.map(text).joined(separator: ",") + "]"
        case .map(let attributes): text(attributes)
        case .empty: "e"
        }
    }

    private static func bits(_ value: Double) -> String {
        value.isNaN ? "nan" : sixteen(value.bitPattern)
    }

    /// Sixteen hexadecimal digits.
    private static func sixteen(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private static func hexadecimal(_ text: String) -> String { hexadecimal(Array(text.utf8)) }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
