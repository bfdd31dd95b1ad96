internal import Instruments
internal import JSONText

/// Writes resource, scope and metric, the envelopes of a request, around its data points. An
/// envelope is opened with its first point, so that none is ever empty.
struct RequestWriter: ~Copyable {
    /// The envelopes that a data point belongs to.
    struct Place {
        let resource: Resource
        let scope: InstrumentationScope
        let metric: Metric
    }

    var buffer = ByteBuffer(capacity: 1 << 16)
    private var open = OpenEnvelopes()

    /// Which envelopes are open, and whether the next one needs a comma before it.
    fileprivate struct OpenEnvelopes {
        var request = false
        var scope = false
        var metric = false
        var hasEarlierScope = false
        var hasEarlierMetric = false
        var hasEarlierPoint = false
    }

    /// A state that the writer can return to.
    struct Mark {
        fileprivate let count: Int
        fileprivate let open: OpenEnvelopes
    }

    var mark: Mark { Mark(count: buffer.count, open: open) }

    /// Discards everything that was written since the mark.
    mutating func goBack(to mark: Mark) {
        buffer.truncate(to: mark.count)
        open = mark.open
    }

    /// Discards everything, and frees memory beyond `limit` bytes.
    mutating func reset(keepingAtMost limit: Int = .max) {
        buffer.removeAll(keepingAtMost: limit)
        open = OpenEnvelopes()
    }

    /// Opens the envelopes that are not open yet, and separates the point from the one before.
    @inline(__always)
    mutating func beginPoint(_ place: borrowing Place) {
        if !open.metric { openAll(place) }
        if open.hasEarlierPoint { buffer.append(byte: UInt8(ascii: ",")) }
        open.hasEarlierPoint = true
    }

    private mutating func openAll(_ place: borrowing Place) {
        if !open.request { openRequest(place.resource) }
        if !open.scope { openScope(place.scope) }
        openMetric(place.metric)
    }

    /// Closes all envelopes. The buffer then holds a complete request, unless no point was written.
    mutating func close(_ place: borrowing Place) {
        closeMetric(place.metric)
        closeScope(place.scope)
        closeRequest(place.resource)
    }

    private mutating func openRequest(_ resource: Resource) {
        buffer.append("{\"resourceMetrics\":[{\"resource\":{")
        buffer.append(attributes: resource.attributes)
        buffer.append("},\"scopeMetrics\":[")
        open = OpenEnvelopes()
        open.request = true
    }

    private mutating func openScope(_ scope: InstrumentationScope) {
        buffer.append(open.hasEarlierScope ? ",{\"scope\":{" : "{\"scope\":{")
        buffer.append("\"name\":")
        buffer.append(string: scope.name)
        if !scope.version.isEmpty {
            buffer.append(",\"version\":")
            buffer.append(string: scope.version)
        }
        if !scope.attributes.isEmpty {
            buffer.append(",")
            buffer.append(attributes: scope.attributes)
        }
        buffer.append("},\"metrics\":[")
        open.scope = true
        open.hasEarlierMetric = false
    }

    private mutating func openMetric(_ metric: Metric) {
        if open.hasEarlierMetric { buffer.append(",") }
        buffer.append(head: metric.descriptor)
        switch metric.data {
        case .sum: buffer.append(",\"sum\":{\"dataPoints\":[")
        case .gauge: buffer.append(",\"gauge\":{\"dataPoints\":[")
        case .histogram: buffer.append(",\"histogram\":{\"dataPoints\":[")
        case .exponentialHistogram: buffer.append(",\"exponentialHistogram\":{\"dataPoints\":[")
        }
        open.metric = true
        open.hasEarlierPoint = false
    }

    mutating func closeMetric(_ metric: Metric) {
        guard open.metric else { return }
        buffer.append("]")
        switch metric.data {
        case .gauge: break
        case .sum(_, let isMonotonic, let temporality):
            buffer.append(temporality)
            if isMonotonic { buffer.append(",\"isMonotonic\":true") }
        case .histogram(_, _, let temporality), .exponentialHistogram(_, let temporality):
            buffer.append(temporality)
        }
        buffer.append("}}")
        open.metric = false
        open.hasEarlierMetric = true
    }

    mutating func closeScope(_ scope: InstrumentationScope) {
        guard open.scope else { return }
        buffer.append("]")
        buffer.append(schemaURL: scope.schemaURL)
        buffer.append("}")
        open.scope = false
        open.hasEarlierScope = true
    }

    mutating func closeRequest(_ resource: Resource) {
        guard open.request else { return }
        buffer.append("]")
        buffer.append(schemaURL: resource.schemaURL)
        buffer.append("}]}")
        open = OpenEnvelopes()
    }
}

extension ByteBuffer {
    /// Enums are integers, never names (OTLP: *JSON Protobuf Encoding*).
    mutating func append(_ temporality: Temporality) {
        switch temporality {
        case .delta: append(",\"aggregationTemporality\":1")
        case .cumulative: append(",\"aggregationTemporality\":2")
        }
    }

    /// Nothing if the URL is empty.
    mutating func append(schemaURL: String) {
        guard !schemaURL.isEmpty else { return }
        append(",\"schemaUrl\":")
        append(string: schemaURL)
    }
}
