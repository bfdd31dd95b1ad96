/// A parsed HTTP/1.1 request.
struct HTTPRequest: Equatable, Sendable {
    /// The longest request line and header fields together, in bytes.
    static let maximumHeaderBytes = 8 << 10
    static let maximumBodyBytes = 4 << 10

    /// The result of parsing the bytes that have arrived so far.
    enum Parsed: Equatable {
        case incomplete
        case complete(HTTPRequest, length: Int)
        /// The status to reply with before the connection ends.
        case refused(status: Int)
    }

    var method: String
    var path: String
    var query: [String: String]
    var body: [UInt8]
    var keepsAlive: Bool
    /// The field `Accept`, if there is one.
    var accept: String?

    /// Whether the reply must not have content.
    var isHead: Bool { method == "HEAD" }

    /// The fields of an `application/x-www-form-urlencoded` body.
    var form: [String: String] {
        Self.fields(String(decoding: body, as: UTF8.self)[...])
    }

    static func parse(_ bytes: [UInt8]) -> Parsed {
        guard let headerLength = headerLength(bytes) else {
            return bytes.count > maximumHeaderBytes ? .refused(status: 431) : .incomplete
        }
        guard headerLength <= maximumHeaderBytes else { return .refused(status: 431) }
        let text = String(decoding: bytes[..<headerLength], as: UTF8.self)
        let lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)
        guard let first = lines.first else { return .refused(status: 400) }
        let words = first.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0",
            words[1].first == "/"
        else { return .refused(status: 400) }
        guard let fields = headerFields(lines.dropFirst()) else { return .refused(status: 400) }
        guard fields["transfer-encoding"] == nil else { return .refused(status: 411) }
        guard let bodyLength = Int(fields["content-length"] ?? "0"), bodyLength >= 0 else {
            return .refused(status: 400)
        }
        guard bodyLength <= maximumBodyBytes else { return .refused(status: 413) }
        let length = headerLength + bodyLength
        guard bytes.count >= length else { return .incomplete }
        let target = words[1].split(separator: "?", maxSplits: 1)
        let connection = fields["connection"]?.lowercased()
        let request = HTTPRequest(
            method: String(words[0]), path: String(target.first ?? "/"),
            query: target.count == 2 ? Self.fields(target[1]) : [:],
            body: Array(bytes[headerLength..<length]),
            keepsAlive: words[2] == "HTTP/1.1" ? connection != "close" : false,
            accept: fields["accept"])
        return .complete(request, length: length)
    }

    /// The length up to and including the empty line.
    private static func headerLength(_ bytes: [UInt8]) -> Int? {
        let end: [UInt8] = [13, 10, 13, 10]
        guard bytes.count >= end.count else { return nil }
        let last = min(bytes.count, maximumHeaderBytes + end.count) - end.count
        return (0...last).first { bytes[$0..<($0 + end.count)].elementsEqual(end) }
            .map { $0 + end.count }
    }

    /// The header fields, with names in lower case. Nil if a line is not a field, or if a field
    /// that must be unique is repeated.
    private static func headerFields(_ lines: ArraySlice<Substring>) -> [String: String]? {
        var fields: [String: String] = [:]
        for line in lines {
            guard let colon = line.firstIndex(of: ":"), colon > line.startIndex else {
                return nil
            }
            let name = line[..<colon].lowercased()
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            if name == "content-length", fields[name] != nil { return nil }
            // Several lines of a field are one list (RFC 9110, 5.3).
            fields[name] = fields[name].map { $0 + ", " + value } ?? String(value)
        }
        return fields
    }

    /// The fields of a text such as `a=1&b=2`. Values are numbers and words, so escapes are not
    /// decoded.
    private static func fields(_ text: Substring) -> [String: String] {
        var fields: [String: String] = [:]
        for pair in text.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            if let name = parts.first {
                fields[String(name)] = parts.count == 2 ? String(parts[1]) : ""
            }
        }
        return fields
    }
}
