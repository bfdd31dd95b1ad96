internal import JSONText

/// The nested objects and the data points of a request, as ranges of its bytes.
struct RequestParts: Sendable {
    /// An object that contains a list: the request, a resource, a scope or a metric.
    struct Envelope: Sendable {
        /// From the opening brace of the object to the opening bracket of the list, both included.
        let head: Range<Int>
        /// From the closing bracket of the list to the closing brace of the object, both included.
        let tail: Range<Int>
        /// Positions of the data points inside.
        let points: Range<Int>
        /// The envelopes in the list. Empty if the list contains data points.
        let inner: [Envelope]
        /// The name of a metric, or of the scope that contains a list of metrics.
        let name: String
    }

    let request: Envelope
    /// The bytes of each data point.
    let points: [Range<Int>]

    /// Nil if the bytes are not a request or contain no data point.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var reader = Reader(cursor: JSONCursor(bytes, depthLimit: JSONCursor.deepest))
        do throws(JSONReader.Problem) {
            request = try reader.envelope(.request)
            try reader.cursor.finish()
        } catch {
            return nil
        }
        points = reader.points
        if points.isEmpty { return nil }
    }

    /// The metrics that have data points.
    var metrics: [RequestIndex.MetricRange] {
        request.inner.flatMap(\.inner).flatMap { scope in
            scope.inner.filter { !$0.points.isEmpty }.map {
                RequestIndex.MetricRange(name: $0.name, scope: scope.name, points: $0.points)
            }
        }
    }
}

/// The levels of nesting. The list of a metric is one object deeper, in its data.
private enum Level: Int {
    case request, resource, scope, metric, data

    /// Whether this member contains the list, or the data of a metric.
    func isContent(_ member: Range<Int>, _ cursor: JSONCursor) -> Bool {
        switch self {
        case .request: cursor.string(member, is: "resourceMetrics")
        case .resource: cursor.string(member, is: "scopeMetrics")
        case .scope: cursor.string(member, is: "metrics")
        case .metric:
            cursor.string(member, is: "sum") || cursor.string(member, is: "gauge")
                || cursor.string(member, is: "histogram")
                || cursor.string(member, is: "exponentialHistogram")
                || cursor.string(member, is: "summary")
        case .data: cursor.string(member, is: "dataPoints")
        }
    }

    var inner: Level { Level(rawValue: rawValue + 1) ?? .data }

    /// The number of arrays and objects that are open inside an object of this level.
    var depth: Int { self == .data ? Level.metric.depth + 1 : rawValue * 2 + 1 }
}

/// Reads envelopes. Each level of nesting is a nested call.
private struct Reader {
    var cursor: JSONCursor
    var points: [Range<Int>] = []

    /// The content of an object.
    private struct Content {
        /// The range between the brackets of the list.
        var list: Range<Int>
        var inner: [RequestParts.Envelope] = []
    }

    mutating func envelope(_ level: Level) throws(JSONReader.Problem) -> RequestParts.Envelope {
        _ = try cursor.peek()
        let (start, firstPoint) = (cursor.position, points.count)
        var content: Content?
        var name = ""
        var isFirst = true
        try cursor.open(UInt8(ascii: "{"), depth: level.depth)
        while try cursor.next(UInt8(ascii: "}"), isFirst: isFirst) {
            isFirst = false
            let member = try cursor.name()
            if level.isContent(member, cursor), try cursor.peek() != UInt8(ascii: "n") {
                // With two lists, one of them would be lost.
                guard content == nil else { throw cursor.problem(.trailing) }
                content = try level == .metric ? data() : list(level)
            } else if level == .metric, cursor.string(member, is: "name") {
                name = try text()
            } else if level == .scope, cursor.string(member, is: "scope") {
                name = try scopeName()
            } else {
                try cursor.skipValue(depth: level.depth)
            }
        }
        // Without a list, the object contains no data points, so it is never written.
        let inside = content?.list ?? start..<start
        return RequestParts.Envelope(
            head: start..<inside.lowerBound, tail: inside.upperBound..<cursor.position,
            points: firstPoint..<points.count, inner: content?.inner ?? [], name: name)
    }

    private mutating func data() throws(JSONReader.Problem) -> Content {
        let data = try envelope(.data)
        return Content(list: data.head.upperBound..<data.tail.lowerBound)
    }

    private mutating func list(_ level: Level) throws(JSONReader.Problem) -> Content {
        _ = try cursor.peek()
        try cursor.open(UInt8(ascii: "["), depth: level.depth + 1)
        let start = cursor.position
        var content = Content(list: start..<start)
        var isFirst = true
        while try cursor.next(UInt8(ascii: "]"), isFirst: isFirst) {
            isFirst = false
            if level == .data {
                points.append(try point(level))
            } else {
                content.inner.append(try envelope(level.inner))
            }
        }
        content.list = start..<cursor.position - 1
        return content
    }

    private mutating func point(_ level: Level) throws(JSONReader.Problem) -> Range<Int> {
        let byte = try cursor.peek()
        guard byte == UInt8(ascii: "{") else { throw cursor.problem(.unexpected(byte: byte)) }
        let start = cursor.position
        try cursor.skipValue(depth: level.depth + 1)
        return start..<cursor.position
    }

    /// The text of a string, or the empty text for any other kind of value.
    private mutating func text() throws(JSONReader.Problem) -> String {
        guard try cursor.peek() == UInt8(ascii: "\"") else {
            try cursor.skipValue(depth: Level.metric.depth)
            return ""
        }
        return cursor.text(of: try cursor.skipString())
    }

    private mutating func scopeName() throws(JSONReader.Problem) -> String {
        guard try cursor.peek() == UInt8(ascii: "{") else {
            try cursor.skipValue(depth: Level.scope.depth)
            return ""
        }
        var name = ""
        var isFirst = true
        try cursor.open(UInt8(ascii: "{"), depth: Level.scope.depth + 1)
        while try cursor.next(UInt8(ascii: "}"), isFirst: isFirst) {
            isFirst = false
            if cursor.string(try cursor.name(), is: "name") {
                name = try text()
            } else {
                try cursor.skipValue(depth: Level.scope.depth + 1)
            }
        }
        return name
    }
}
