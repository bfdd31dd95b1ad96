/// Says what would be right in place of a text that is not an endpoint. It does not quote the text,
/// which may hold a password.
struct EndpointProblem: Error, Equatable {
    let remedy: String

    init(_ remedy: String) { self.remedy = remedy }

    /// What is wrong with a text, or nil if it is an endpoint.
    static func of(_ text: String) -> EndpointProblem? {
        do throws(EndpointProblem) {
            if URLParts.scheme(of: text) == "unix" {
                _ = try SocketParts(text)
            } else {
                _ = try URLParts(text)
            }
            return nil
        } catch {
            return error
        }
    }
}

extension Endpoint {
    /// What would be right in place of a text that is not an endpoint. It does not quote the text.
    package static func remedy(for text: String) -> String {
        EndpointProblem.of(text)?.remedy ?? "use an absolute URL"
    }
}

/// The parts of an absolute URL that an endpoint needs.
struct URLParts {
    let scheme: String
    /// With the `@`, or empty.
    let credentials: String
    let authority: String
    let path: String
    /// With the `?`, or empty.
    let query: String

    /// The text before the first colon in lower case, or empty if there is no colon.
    static func scheme(of text: String) -> String {
        text.firstIndex(of: ":").map { text[..<$0].lowercased() } ?? ""
    }

    /// Rejects control characters and spaces, so that the text can't forge a line of a log.
    fileprivate static func checkCharacters(_ text: String) throws(EndpointProblem) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw EndpointProblem("write spaces and control characters percent-encoded")
        }
    }
}

extension URLParts {
    private static let example = "such as http://localhost:4318"

    init(_ text: String) throws(EndpointProblem) {
        try Self.checkCharacters(text)
        let scheme = Self.scheme(of: text)
        let rest = text.drop { $0 != ":" }
        guard rest.hasPrefix("://") else {
            throw EndpointProblem("begin with http:// or https://, \(Self.example)")
        }
        guard scheme == "http" || scheme == "https" else {
            throw EndpointProblem("use the scheme http, https or unix, \(Self.example)")
        }
        let withoutFragment = rest.dropFirst(3).prefix { $0 != "#" }
        let location = withoutFragment.prefix { $0 != "?" }
        let host = location.prefix { $0 != "/" }
        let at = host.lastIndex(of: "@").map { host.index(after: $0) } ?? host.startIndex
        self.init(
            scheme: scheme, credentials: String(host[..<at]), authority: String(host[at...]),
            path: String(location.dropFirst(host.count)),
            query: String(withoutFragment.dropFirst(location.count)))
        guard hasValidHost else { throw EndpointProblem("name a host, \(Self.example)") }
        guard hasValidPort else {
            throw EndpointProblem("use a port from 1 to 65535, \(Self.example)")
        }
    }

    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    var host: String {
        guard authority.hasPrefix("[") else { return String(authority.prefix { $0 != ":" }) }
        return authority.firstIndex(of: "]").map { String(authority[..<$0].dropFirst()) } ?? ""
    }

    /// Nil if there is no port, or an empty one.
    var port: Int? { Int(behindHost.dropFirst()) }

    /// Rejects brackets, quotes and similar characters, which libcurl and other readers of URLs
    /// interpret differently.
    private var hasValidHost: Bool {
        let host = host.utf8
        if authority.hasPrefix("[") {
            let digits = Set("0123456789abcdefABCDEF:.%".utf8)
            return host.contains(UInt8(ascii: ":")) && host.allSatisfy(digits.contains)
        }
        return !host.isEmpty && !host.contains(where: Set("[]<>\"\\^`{|}@".utf8).contains)
    }

    private var behindHost: Substring {
        guard authority.hasPrefix("[") else { return authority.drop { $0 != ":" } }
        guard let close = authority.firstIndex(of: "]") else { return "" }
        return authority[authority.index(after: close)...]
    }

    private var hasValidPort: Bool {
        if behindHost.isEmpty || behindHost == ":" { return true }
        let digits = behindHost.dropFirst()
        guard behindHost.hasPrefix(":"), digits.hasOnlyDigits else { return false }
        return Int(digits).map { (1...65535).contains($0) } ?? false
    }
}

/// A Unix domain socket, and the path of the URL after it.
struct SocketParts {
    /// The bytes that fit into the system's address of a socket.
    static let maximumLength = 107

    let socket: String
    /// Empty if there is none.
    let path: String
    /// With the `?`, or empty.
    let query: String

    init(_ text: String) throws(EndpointProblem) {
        try URLParts.checkCharacters(text)
        var rest = text.dropFirst("unix:".count)
        if rest.hasPrefix("//") { rest = rest.dropFirst(2) }
        guard rest.hasPrefix("/") else {
            throw EndpointProblem(
                "name a socket by its absolute path, such as unix:///run/otel.sock")
        }
        // The first colon before a slash divides; others may belong to the socket's name.
        let divider = rest.indices.first { rest[$0...].hasPrefix(":/") } ?? rest.endIndex
        socket = String(rest[..<divider])
        let target = rest[divider...].dropFirst()
        let withoutFragment = target.prefix { $0 != "#" }
        path = String(withoutFragment.prefix { $0 != "?" })
        query = String(withoutFragment.dropFirst(path.count))
        guard socket.utf8.count > 1, !socket.hasSuffix("/") else {
            throw EndpointProblem("name a socket, such as unix:///run/otel.sock")
        }
        guard socket.utf8.count <= Self.maximumLength else {
            throw EndpointProblem(
                "the path of a socket has \(Self.maximumLength) bytes at most")
        }
    }
}
