internal import Instruments
internal import JSONText

/// A data point that can be written as an object of OTLP JSON. 64-bit integers are strings and
/// doubles are numbers (OTLP: *JSON Protobuf Encoding*). Values that are set are written even if
/// they are zero.
protocol EncodedPoint {
    /// What is needed to write a point besides the point itself. It is the same for all points of a
    /// metric.
    associatedtype Common

    /// Appends the object. The point is passed by address. If it were passed by value, it would be
    /// copied and references counted, which costs as much as writing it.
    static func append(
        _ point: UnsafePointer<Self>, to buffer: inout ByteBuffer,
        _ renderings: inout AttributeRenderings, _ times: inout PointTimes,
        _ common: Common)
}

extension NumberPoint: EncodedPoint {
    static func append(
        _ point: UnsafePointer<Self>, to buffer: inout ByteBuffer,
        _ renderings: inout AttributeRenderings, _ times: inout PointTimes,
        _: Void
    ) {
        let attributes = renderings.find(point.pointee.attributes)
        buffer.write(upTo: attributes.count + BytePen.pointRoom) { pen in
            pen.putHead(attributes, point.pointee.start, &times)
            pen.put(number: point.pointee.value)
            if point.pointee.exemplars.isEmpty { pen.put("}") }
        }
        guard !point.pointee.exemplars.isEmpty else { return }
        buffer.append(exemplars: point.pointee.exemplars)
        buffer.append("}")
    }
}

extension HistogramPoint: EncodedPoint {
    /// - Parameter bounds: the encoded `,"explicitBounds":[…]`, or nothing.
    static func append(
        _ point: UnsafePointer<Self>, to buffer: inout ByteBuffer,
        _ renderings: inout AttributeRenderings, _ times: inout PointTimes,
        _ bounds: UnsafeRawBufferPointer
    ) {
        let attributes = renderings.find(point.pointee.attributes)
        let room = BytePen.room(forCounts: point.pointee.bucketCounts.count) + bounds.count
        buffer.write(upTo: attributes.count + room + BytePen.pointRoom) { pen in
            pen.putHead(attributes, point.pointee.start, &times)
            pen.put("\"count\":\"")
            pen.put(integer: point.pointee.count)
            pen.put("\"")
            pen.put(",\"sum\":", point.pointee.sum)
            pen.put(",\"bucketCounts\":[")
            pen.put(counts: point.pointee.bucketCounts)
            pen.put("]")
            pen.put(bounds)
        }
        if !point.pointee.exemplars.isEmpty { buffer.append(exemplars: point.pointee.exemplars) }
        buffer.append(point.pointee.minimum, point.pointee.maximum)
    }
}

extension ExponentialHistogramPoint: EncodedPoint {
    static func append(
        _ point: UnsafePointer<Self>, to buffer: inout ByteBuffer,
        _ renderings: inout AttributeRenderings, _ times: inout PointTimes,
        _: Void
    ) {
        let attributes = renderings.find(point.pointee.attributes)
        let room = BytePen.room(
            forCounts: point.pointee.positive.counts.count
                + point.pointee.negative.counts.count)
        buffer.write(upTo: attributes.count + room + BytePen.pointRoom) { pen in
            pen.putHead(attributes, point.pointee.start, &times)
            pen.put("\"count\":\"")
            pen.put(integer: point.pointee.count)
            pen.put("\"")
            pen.put(",\"sum\":", point.pointee.sum)
            pen.put(",\"scale\":")
            pen.put(integer: Int64(point.pointee.scale))
            pen.put(",\"zeroCount\":\"")
            pen.put(integer: point.pointee.zeroCount)
            pen.put("\"")
            // Zero is the default of the protocol and is left out, whatever its sign.
            if point.pointee.zeroThreshold != 0 {
                pen.put(",\"zeroThreshold\":")
                pen.put(double: point.pointee.zeroThreshold)
            }
            pen.put(",\"positive\":{", point.pointee.positive)
            pen.put(",\"negative\":{", point.pointee.negative)
        }
        if !point.pointee.exemplars.isEmpty { buffer.append(exemplars: point.pointee.exemplars) }
        buffer.append(point.pointee.minimum, point.pointee.maximum)
    }
}

extension ByteBuffer {
    /// The end of a point of a histogram.
    fileprivate mutating func append(_ minimum: Double?, _ maximum: Double?) {
        write(upTo: BytePen.pointRoom) { pen in
            pen.put(",\"min\":", minimum)
            pen.put(",\"max\":", maximum)
            pen.put("}")
        }
    }

    @inline(never)
    fileprivate mutating func append(exemplars: [Exemplar]) {
        append(",\"exemplars\":[")
        for (index, exemplar) in exemplars.enumerated() {
            append(index == 0 ? "{" : ",{")
            if !exemplar.filteredAttributes.isEmpty {
                append("\"filteredAttributes\":[")
                append(list: exemplar.filteredAttributes.attributes)
                append("],")
            }
            write(upTo: BytePen.pointRoom) { pen in
                pen.put("\"timeUnixNano\":\"")
                pen.put(integer: exemplar.time)
                pen.put("\",")
                pen.put(number: exemplar.value)
            }
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
}

extension BytePen {
    /// The most bytes that a point takes, not counting attributes, bounds, counts and exemplars:
    /// its times, six numbers and their names.
    fileprivate static let pointRoom = 1024

    fileprivate static func room(forCounts count: Int) -> Int {
        count * (longestInteger + 3)
    }

    /// `{"attributes":[…],"startTimeUnixNano":…,"timeUnixNano":…,`
    @inline(__always)
    fileprivate mutating func putHead(
        _ attributes: UnsafeRawBufferPointer, _ start: UInt64, _ times: inout PointTimes
    ) {
        if attributes.isEmpty {
            put("{")
            times.put(start, closing: false, into: &self)
        } else {
            put("{\"attributes\":[")
            put(attributes)
            times.put(start, closing: true, into: &self)
        }
    }

    @inline(__always)
    fileprivate mutating func put(number: Number) {
        switch number {
        case .int(let value):
            put("\"asInt\":\"")
            put(integer: value)
            put("\"")
        case .double(let value):
            put("\"asDouble\":")
            put(double: value)
        }
    }

    /// Nothing if there is no value.
    @inline(__always)
    fileprivate mutating func put(_ name: StaticString, _ value: Double?) {
        guard let value else { return }
        put(name)
        put(double: value)
    }

    /// Nothing if the range is empty.
    fileprivate mutating func put(_ name: StaticString, _ buckets: ExponentialBuckets) {
        guard !buckets.counts.isEmpty else { return }
        put(name)
        put("\"offset\":")
        put(integer: Int64(buckets.offset))
        put(",\"bucketCounts\":[")
        put(counts: buckets.counts)
        put("]}")
    }

    fileprivate mutating func put(counts: [UInt64]) {
        guard !counts.isEmpty else { return }
        for count in counts {
            put("\"")
            put(integer: count)
            put("\",")
        }
        dropLast()
    }
}
