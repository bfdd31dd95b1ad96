internal import Instruments
internal import JSONText

/// The time that all points of a request share, written once.
struct PointTimes {
    /// `","timeUnixNano":"…",` as it follows a start time.
    let afterStart: [UInt8]

    init(time: UInt64) {
        var buffer = ByteBuffer(capacity: 64)
        buffer.append("\",\"timeUnixNano\":\"")
        buffer.append(integer: time)
        buffer.append("\",")
        afterStart = buffer.bytes()
    }
}

/// Data points as objects of OTLP JSON: 64-bit integers are strings, doubles are numbers, set
/// values are written even if zero (checklist C4, C5, C8).
extension ByteBuffer {
    mutating func append(_ point: NumberPoint, _ times: PointTimes) {
        appendHead(point.attributes, start: point.start, times)
        append(number: point.value)
        append(exemplars: point.exemplars)
        append("}")
    }

    /// - Parameter bounds: the rendered `,"explicitBounds":[…]`, or nothing.
    mutating func append(_ point: HistogramPoint, _ bounds: [UInt8], _ times: PointTimes) {
        appendHead(point.attributes, start: point.start, times)
        append("\"count\":\"")
        append(integer: point.count)
        append("\"")
        append(",\"sum\":", point.sum)
        append(",\"bucketCounts\":[")
        append(counts: point.bucketCounts)
        append("]")
        append(bytes: bounds)
        append(exemplars: point.exemplars)
        append(",\"min\":", point.minimum)
        append(",\"max\":", point.maximum)
        append("}")
    }

    mutating func append(_ point: ExponentialHistogramPoint, _ times: PointTimes) {
        appendHead(point.attributes, start: point.start, times)
        append("\"count\":\"")
        append(integer: point.count)
        append("\"")
        append(",\"sum\":", point.sum)
        append(",\"scale\":")
        append(integer: Int64(point.scale))
        append(",\"zeroCount\":\"")
        append(integer: point.zeroCount)
        append("\"")
        append(",\"positive\":{", point.positive)
        append(",\"negative\":{", point.negative)
        append(exemplars: point.exemplars)
        append(",\"min\":", point.minimum)
        append(",\"max\":", point.maximum)
        append("}")
    }

    private mutating func append(number: Number) {
        switch number {
        case .int(let value):
            append("\"asInt\":\"")
            append(integer: value)
            append("\"")
        case .double(let value):
            append("\"asDouble\":")
            append(double: value)
        }
    }

    /// Nothing if there is no value (C9).
    private mutating func append(_ name: StaticString, _ value: Double?) {
        guard let value else { return }
        append(name)
        append(double: value)
    }

    /// Nothing for an empty range (A6.27).
    private mutating func append(_ name: StaticString, _ buckets: ExponentialBuckets) {
        guard !buckets.counts.isEmpty else { return }
        append(name)
        append("\"offset\":")
        append(integer: Int64(buckets.offset))
        append(",\"bucketCounts\":[")
        append(counts: buckets.counts)
        append("]}")
    }

    private mutating func append(counts: [UInt64]) {
        for (index, count) in counts.enumerated() {
            append(index == 0 ? "\"" : ",\"")
            append(integer: count)
            append("\"")
        }
    }

    private mutating func append(exemplars: [Exemplar]) {
        guard !exemplars.isEmpty else { return }
        append(",\"exemplars\":[")
        for (index, exemplar) in exemplars.enumerated() {
            append(index == 0 ? "{" : ",{")
            if !exemplar.filteredAttributes.isEmpty {
                append("\"filteredAttributes\":[")
                append(list: exemplar.filteredAttributes.attributes)
                append("],")
            }
            append("\"timeUnixNano\":\"")
            append(integer: exemplar.time)
            append("\",")
            append(number: exemplar.value)
            if let context = exemplar.context {
                append(",\"spanId\":\"")
                append(hexadecimal: context.spanID)
                append("\",\"traceId\":\"")
                append(hexadecimal: context.traceID.high)
                append(hexadecimal: context.traceID.low)
                append("\"")
            }
            append("}")
        }
        append("]")
    }

    private mutating func appendHead(
        _ attributes: AttributeSet, start: UInt64, _ times: PointTimes
    ) {
        append("{")
        if !attributes.isEmpty {
            append(attributes: attributes)
            append(",")
        }
        append("\"startTimeUnixNano\":\"")
        append(integer: start)
        append(bytes: times.afterStart)
    }

    /// Integers, never names (C3).
    mutating func append(_ temporality: Temporality) {
        switch temporality {
        case .delta: append(",\"aggregationTemporality\":1")
        case .cumulative: append(",\"aggregationTemporality\":2")
        }
    }

    /// Nothing if there is none.
    mutating func append(schemaURL: String) {
        guard !schemaURL.isEmpty else { return }
        append(",\"schemaUrl\":")
        append(string: schemaURL)
    }
}
