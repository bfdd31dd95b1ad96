/// An HTTP reply.
struct HTTPReply: Equatable, Sendable {
    let status: Int
    let contentType: String
    let content: [UInt8]
    /// The methods that would have been right, for status 405.
    var allowed: String?

    /// Makes a reply with a JSON body, to which a line break is added.
    init(_ status: Int, _ body: String) {
        self.init(status, contentType: "application/json", Array((body + "\n").utf8))
    }

    init(_ status: Int, contentType: String, _ content: [UInt8]) {
        self.status = status
        self.contentType = contentType
        self.content = content
    }

    static func problem(_ status: Int, _ text: String) -> HTTPReply {
        HTTPReply(status, "{\"error\":\"\(text)\"}")
    }

    /// A reply with status 405, which names the methods that the path supports (RFC 9110, 15.5.6).
    static func methodNotAllowed(_ allowed: String) -> HTTPReply {
        var reply = problem(405, "use \(allowed)")
        reply.allowed = allowed
        return reply
    }

    /// - Parameter isHeadOnly: whether the reply is for a HEAD request. It then gives the content's
    ///   length but has no content (RFC 9110, 9.3.2).
    func encoded(keepsAlive: Bool, isHeadOnly: Bool = false) -> [UInt8] {
        let head =
            "HTTP/1.1 \(status) \(reason)\r\nContent-Type: \(contentType)\r\n"
            + "Content-Length: \(content.count)\r\n"
            + (allowed.map { "Allow: \($0)\r\n" } ?? "")
            + "Connection: \(keepsAlive ? "keep-alive" : "close")\r\n\r\n"
        return isHeadOnly ? Array(head.utf8) : Array(head.utf8) + content
    }

    private var reason: String {
        switch status {
        case 200: "OK"
        case 202: "Accepted"
        case 400: "Bad Request"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 409: "Conflict"
        case 411: "Length Required"
        case 413: "Content Too Large"
        case 431: "Request Header Fields Too Large"
        case 501: "Not Implemented"
        default: "Service Unavailable"
        }
    }
}
