internal import Instruments
internal import JSONText

/// Writes a snapshot as OTLP JSON requests (`ExportMetricsServiceRequest`, checklist C).
///
/// Data points are streamed into one reused byte buffer, in the order of the snapshot. A request is
/// closed before it exceeds the limits, and the next one opens the same resource, scope and metric
/// again: a pure function of snapshot and limits. Nothing empty is ever written: an envelope is
/// opened by its first data point.
struct OTLPEncoder: ~Copyable {
    private var buffer = ByteBuffer(capacity: 1 << 16)
    var limits: BatchLimits
    private var open = OpenEnvelopes()
    private var points = 0

    /// Bytes of the buffer that are kept between two snapshots.
    private static let keptBytes = 1 << 18
    /// Room for the closing brackets of all open envelopes, schema URLs not counted.
    private static let closingRoom = 256
    /// Bytes that one byte of a string grows to at most: `\u0000`.
    private static let longestEscape = 6

    init(limits: BatchLimits) {
        self.limits = limits
    }

    /// Calls `emit` with each request's bytes and its number of data points, in order.
    mutating func encode(
        _ snapshot: MetricsSnapshot, emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        let times = PointTimes(time: snapshot.time)
        for scope in snapshot.scopes {
            for metric in scope.metrics {
                let place = Place(resource: snapshot.resource, scope: scope.scope, metric: metric)
                write(metric.data, place, times, emit)
                closeMetric(place)
            }
            closeScope(scope.scope)
        }
        closeRequest(snapshot.resource, emit)
        buffer.removeAll(keepingAtMost: Self.keptBytes)
    }

    private mutating func write(
        _ data: MetricData, _ place: Place, _ times: PointTimes,
        _ emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        switch data {
        case .sum(let points, _, _), .gauge(let points):
            for point in points {
                write(place, emit) { $0.append(point, times) }
            }
        case .histogram(let points, let bounds, _):
            let rendered = Self.renderBounds(bounds)
            for point in points {
                write(place, emit) { $0.append(point, rendered, times) }
            }
        case .exponentialHistogram(let points, _):
            for point in points {
                write(place, emit) { $0.append(point, times) }
            }
        }
    }

    /// Where a data point belongs.
    private struct Place {
        let resource: Resource
        let scope: InstrumentationScope
        let metric: Metric
    }

    /// Which envelopes are open, and whether something stands in front of the next one.
    private struct OpenEnvelopes {
        var request = false
        var scope = false
        var metric = false
        var hasEarlierScope = false
        var hasEarlierMetric = false
        var hasEarlierPoint = false
    }

    /// Writes one data point, and first closes the request if it would grow too large.
    private mutating func write(
        _ place: Place, _ emit: (UnsafeRawBufferPointer, Int) -> Void,
        _ point: (inout ByteBuffer) -> Void
    ) {
        let (mark, before) = (buffer.count, open)
        append(place, point)
        let room =
            Self.closingRoom + Self.longestEscape
            * (place.resource.schemaURL.utf8.count + place.scope.schemaURL.utf8.count)
        if points > 0, buffer.count + room > limits.bytes {
            buffer.truncate(to: mark)
            open = before
            close(place, emit)
            append(place, point)
        }
        points += 1
        if points >= max(limits.points, 1) {
            close(place, emit)
        }
    }

    private mutating func append(_ place: Place, _ point: (inout ByteBuffer) -> Void) {
        if !open.request { openRequest(place.resource) }
        if !open.scope { openScope(place.scope) }
        if !open.metric { openMetric(place.metric) }
        if open.hasEarlierPoint { buffer.append(",") }
        point(&buffer)
        open.hasEarlierPoint = true
    }

    private mutating func close(
        _ place: Place, _ emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        closeMetric(place)
        closeScope(place.scope)
        closeRequest(place.resource, emit)
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

    private mutating func closeMetric(_ place: Place) {
        guard open.metric else { return }
        buffer.append("]")
        switch place.metric.data {
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

    private mutating func closeScope(_ scope: InstrumentationScope) {
        guard open.scope else { return }
        buffer.append("]")
        buffer.append(schemaURL: scope.schemaURL)
        buffer.append("}")
        open.scope = false
        open.hasEarlierScope = true
    }

    private mutating func closeRequest(
        _ resource: Resource, _ emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        guard open.request else { return }
        buffer.append("]")
        buffer.append(schemaURL: resource.schemaURL)
        buffer.append("}]}")
        buffer.withBytes { emit($0, points) }
        buffer.removeAll()
        open = OpenEnvelopes()
        points = 0
    }

    /// The bounds are the same for all points of a metric: written once, copied for each.
    private static func renderBounds(_ bounds: [Double]) -> [UInt8] {
        guard !bounds.isEmpty else { return [] }
        var buffer = ByteBuffer(capacity: 256)
        buffer.append(",\"explicitBounds\":[")
        for (index, bound) in bounds.enumerated() {
            if index > 0 { buffer.append(",") }
            buffer.append(double: bound)
        }
        buffer.append("]")
        return buffer.bytes()
    }
}
