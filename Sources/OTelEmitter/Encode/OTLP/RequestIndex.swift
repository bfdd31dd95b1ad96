/// Knows where the data points of an encoded request are, so that the request can be divided
/// without its snapshot.
///
/// It is built in one pass over the uncompressed bytes of an OTLP JSON request. Members may be in
/// any order, and there may be unknown ones. Each part repeats the bytes of the resource, scope and
/// metric that its points belong to. For a request of `OTLPEncoder`, a part has the bytes that the
/// encoder would have written for it.
struct RequestIndex: Sendable {
    /// Consecutive data points of one metric.
    struct MetricRange: Sendable, Equatable {
        let name: String
        /// The name of its scope.
        let scope: String
        /// Positions among all points of the request.
        let points: Range<Int>
    }

    /// The metrics that have data points, in order.
    let metrics: [MetricRange]

    /// The number of data points in the request, at least one.
    var pointCount: Int { parts.points.count }

    private let body: [UInt8]
    private let parts: RequestParts

    /// Nil if the bytes are not such a request or contain no data point. Costs one pass over the
    /// bytes.
    init?(_ body: [UInt8]) {
        guard let parts = body.withUnsafeBytes({ RequestParts($0) }) else { return nil }
        self.body = body
        self.parts = parts
        metrics = parts.metrics
    }

    /// A complete request with exactly these data points. If they are all points, it is the body
    /// itself.
    ///
    /// - Parameter points: positions in ascending order. Those that do not exist are left out.
    func request(points: [Range<Int>]) -> [UInt8] {
        let points = points.map { $0.clamped(to: 0..<pointCount) }
        let count = points.reduce(0) { $0 + $1.count }
        if count == pointCount { return body }
        var request: [UInt8] = []
        request.reserveCapacity(body.count / pointCount * count + 1024)
        write(parts.request, points[...], to: &request)
        return request
    }

    private func write(
        _ envelope: RequestParts.Envelope, _ points: ArraySlice<Range<Int>>,
        to request: inout [UInt8]
    ) {
        request += body[envelope.head]
        var isFirst = true
        func separate() {
            if !isFirst { request.append(UInt8(ascii: ",")) }
            isFirst = false
        }
        var rest = points
        for inner in envelope.inner {
            rest = rest.drop { $0.upperBound <= inner.points.lowerBound }
            let inside = rest.prefix { $0.lowerBound < inner.points.upperBound }
            guard inside.contains(where: inner.points.overlaps) else { continue }
            separate()
            write(inner, inside, to: &request)
        }
        if envelope.inner.isEmpty {
            for range in points {
                for point in parts.points[envelope.points.clamped(to: range)] {
                    separate()
                    request += body[point]
                }
            }
        }
        request += body[envelope.tail]
    }
}
