package import Instruments
internal import JSONText

/// Writes a snapshot as OTLP JSON requests (`ExportMetricsServiceRequest`).
///
/// Data points are streamed into one reused byte buffer, in the order of the snapshot. A request is
/// closed before it exceeds the limits, and the next one starts with the same resource, scope and
/// metric. The result is a pure function of snapshot and limits. No list is ever empty: resource,
/// scope and metric are written together with their first data point.
package struct OTLPEncoder: ~Copyable {
    /// The limits for the requests of the next snapshot.
    var limits: BatchLimits
    private var writer = RequestWriter()
    private var renderings = AttributeRenderings()
    private var times = PointTimes(time: 0)
    /// The number of data points in the request that is being written.
    private var points = 0

    /// The number of bytes of the buffer that are kept between two snapshots.
    private static let keptBytes = 4 << 20
    /// Room for the closing brackets of everything that is open, not counting schema URLs.
    private static let closingRoom = 256
    /// The most bytes that one byte of a string can become: `\u0000`.
    private static let longestEscape = 6

    package init(limits: BatchLimits) {
        self.limits = limits
    }

    /// Calls `emit` with the bytes of each request and its number of data points, in order. The
    /// bytes are valid only during the call.
    ///
    /// - Parameter oversized: called with the name of each metric that has data points too large
    ///   for any request, and with their number. These points are in no request.
    package mutating func encode(
        _ snapshot: MetricsSnapshot, oversized: (String, Int) -> Void = { _, _ in },
        emit: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        times = PointTimes(time: snapshot.time)
        for scope in snapshot.scopes {
            for metric in scope.metrics {
                let place = RequestWriter.Place(
                    resource: snapshot.resource, scope: scope.scope, metric: metric)
                let omitted = write(metric.data, place, emit)
                if omitted > 0 { oversized(metric.descriptor.name, omitted) }
                writer.closeMetric(metric)
            }
            writer.closeScope(scope.scope)
        }
        writer.closeRequest(snapshot.resource)
        emitRequest(emit)
        writer.reset(keepingAtMost: Self.keptBytes)
    }

    /// Returns how many data points are too large.
    private mutating func write(
        _ data: MetricData, _ place: borrowing RequestWriter.Place,
        _ emit: (UnsafeRawBufferPointer, Int) -> Void
    ) -> Int {
        switch data {
        case .sum(let points, _, _), .gauge(let points): write(points, (), place, emit)
        case .histogram(let points, let bounds, _):
            Self.renderBounds(bounds).withUnsafeBytes { write(points, $0, place, emit) }
        case .exponentialHistogram(let points, _): write(points, (), place, emit)
        }
    }

    /// Writes data points, and closes each request before it grows too large.
    private mutating func write<Point: EncodedPoint>(
        _ list: [Point], _ common: Point.Common, _ place: borrowing RequestWriter.Place,
        _ emit: (UnsafeRawBufferPointer, Int) -> Void
    ) -> Int {
        let room =
            Self.closingRoom + Self.longestEscape
            * (place.resource.schemaURL.utf8.count + place.scope.schemaURL.utf8.count)
        let hardLimit = max(limits.hardLimitBytes, 0) - room
        let byteLimit = min(max(limits.bytes, 0) - room, hardLimit)
        let pointLimit = max(limits.points, 1)
        var omitted = 0
        list.withUnsafeBufferPointer { list in
            for index in list.indices {
                guard let point = list.baseAddress?.advanced(by: index) else { return }
                let mark = writer.mark
                append(point, common, place)
                if writer.buffer.count > byteLimit {
                    if points > 0 {
                        writer.goBack(to: mark)
                        writer.close(place)
                        emitRequest(emit)
                        append(point, common, place)
                    }
                    if writer.buffer.count > hardLimit {
                        writer.reset()
                        omitted += 1
                        continue
                    }
                }
                points += 1
                if points >= pointLimit {
                    writer.close(place)
                    emitRequest(emit)
                }
            }
        }
        return omitted
    }

    @inline(__always)
    private mutating func append<Point: EncodedPoint>(
        _ point: UnsafePointer<Point>, _ common: Point.Common,
        _ place: borrowing RequestWriter.Place
    ) {
        writer.beginPoint(place)
        Point.append(point, to: &writer.buffer, &renderings, &times, common)
    }

    private mutating func emitRequest(_ emit: (UnsafeRawBufferPointer, Int) -> Void) {
        guard points > 0 else { return }
        writer.buffer.withBytes { emit($0, points) }
        writer.reset()
        points = 0
    }

    /// All points of a metric have the same bounds. They are encoded once and copied for each
    /// point.
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
