internal import Glibc
internal import Instruments

/// Text for people: one line for each data point, in the order of the snapshot.
///
///     2025-01-01T00:00:00.000Z shop shop.orders {country="DE"} sum 3 {order}
///
/// This is a pure function of the snapshot. Whatever names and values contain, there is no line
/// break within a line.
enum ConsoleText {
    static func lines(_ snapshot: MetricsSnapshot) -> [String] {
        let time = timestamp(snapshot.time)
        return snapshot.scopes.flatMap { scope in
            scope.metrics.flatMap { metric in
                let name = metric.descriptor.name.onOneLine
                let unit = metric.descriptor.unit.onOneLine
                let head = "\(time) \(scope.scope.name.onOneLine) \(name) "
                return points(metric.data).map { attributes, value in
                    head + "{" + text(attributes.attributes) + "} " + value
                        + (unit.isEmpty ? "" : " " + unit)
                }
            }
        }
    }

    private static func points(_ data: MetricData) -> [(AttributeSet, String)] {
        switch data {
        case .sum(let points, _, let temporality):
            points.map { ($0.attributes, "sum\(mark(temporality)) \(text($0.value))") }
        case .gauge(let points):
            points.map { ($0.attributes, "gauge \(text($0.value))") }
        case .histogram(let points, let bounds, let temporality):
            points.map { point in
                let buckets = buckets(point.bucketCounts, bounds)
                let summary = summary(point.count, point.sum, point.minimum, point.maximum)
                return (
                    point.attributes,
                    "histogram\(mark(temporality)) \(summary) buckets=[\(buckets)]"
                )
            }
        case .exponentialHistogram(let points, let temporality):
            points.map { point in
                let summary = summary(point.count, point.sum, point.minimum, point.maximum)
                return (
                    point.attributes,
                    "exponential\(mark(temporality)) \(summary) scale=\(point.scale)"
                        + " zero=\(point.zeroCount) positive=\(point.positive.counts.count)"
                        + " negative=\(point.negative.counts.count)"
                )
            }
        }
    }

    private static func mark(_ temporality: Temporality) -> String {
        temporality == .delta ? " since" : ""
    }

    private static func summary(
        _ count: UInt64, _ sum: Double?, _ minimum: Double?, _ maximum: Double?
    ) -> String {
        let parts = [("sum", sum), ("min", minimum), ("max", maximum)]
        return "count=\(count)"
            + parts.map { name, value in value.map { " \(name)=\($0)" } ?? "" }.joined()
    }

    /// The buckets that are not empty, with their upper bounds.
    private static func buckets(_ counts: [UInt64], _ bounds: [Double]) -> String {
        counts.enumerated().filter { $0.element > 0 }.map { index, count in
            index < bounds.count ? "≤\(bounds[index]): \(count)" : "more: \(count)"
        }.joined(separator: ", ")
    }

    private static func text(_ number: Number) -> String {
        switch number {
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        }
    }

    private static func text(_ attributes: [Attribute]) -> String {
        attributes.map { "\($0.key.onOneLine)=\(text($0.value))" }.joined(separator: ", ")
    }

    static func text(_ value: AttributeValue) -> String {
        switch value {
        case .string(let text): "\"\(text.onOneLine)\""
        case .bool(let value): "\(value)"
        case .int(let value): "\(value)"
        case .double(let value): "\(value)"
        case .bytes(let bytes): "<\(bytes.count) bytes>"
        case .array(let values): "[" + values.map(text).joined(separator: ", ") + "]"
        case .map(let attributes): "{" + text(attributes) + "}"
        case .empty: "empty"
        }
    }

    /// The time in UTC, to the millisecond.
    private static func timestamp(_ nanoseconds: UInt64) -> String {
        var seconds = time_t(clamping: nanoseconds / 1_000_000_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func padded(_ value: Int, _ width: Int = 2) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(width - digits.count, 0)) + digits
        }
        let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
        let clock = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)]
        let milliseconds = Int(nanoseconds / 1_000_000 % 1000)
        return date.map { padded($0) }.joined(separator: "-") + "T"
            + clock.map { padded($0) }.joined(separator: ":") + ".\(padded(milliseconds, 3))Z"
    }
}

extension String {
    /// The text, with every character escaped that would end the line or the quotes.
    var onOneLine: String {
        var text = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\\", "\"": text += "\\\(scalar)"
            case "\n": text += "\\n"
            default:
                let category = scalar.properties.generalCategory
                let breaks =
                    category == .control || category == .lineSeparator
                    || category == .paragraphSeparator
                text += breaks ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
            }
        }
        return text
    }
}
