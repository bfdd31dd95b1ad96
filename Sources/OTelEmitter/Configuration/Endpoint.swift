/// Where requests go: an absolute http or https URL (checklist B2 to B5).
public struct Endpoint: Sendable, Equatable, CustomStringConvertible {
    /// The complete URL, credentials included.
    let url: String
    /// `scheme://host[:port]/path`, without credentials and query: for people to read.
    public let description: String
    /// The Unix socket that is connected to in place of the URL's host; nil: none.
    var unixSocketPath: String?

    /// OpenTelemetry's default: a collector on this machine.
    public static let standard = Endpoint(
        url: "http://localhost:4318/v1/metrics", description: "http://localhost:4318/v1/metrics")

    /// The endpoint at exactly this URL; an absent path becomes `/`. Nil if the text is not an
    /// absolute http or https URL.
    public init?(exactly text: String) {
        guard let parts = URLParts(text) else { return nil }
        self.init(parts, path: parts.path.isEmpty ? "/" : parts.path)
    }

    /// The endpoint for metrics below a base URL: `v1/metrics` is appended after exactly one slash.
    /// Query and fragment of the base are left out. Nil if the text is not an absolute http or
    /// https URL.
    public init?(base text: String) {
        guard let parts = URLParts(text) else { return nil }
        let separator = parts.path.hasSuffix("/") ? "" : "/"
        self.init(parts, path: parts.path + separator + "v1/metrics", keepsQuery: false)
    }

    private init(_ parts: URLParts, path: String, keepsQuery: Bool = true) {
        let query = keepsQuery ? parts.query : ""
        self.init(
            url: parts.scheme + "://" + parts.credentials + parts.authority + path + query,
            description: parts.scheme + "://" + parts.authority + path)
    }

    private init(url: String, description: String) {
        self.url = url
        self.description = description
    }
}

/// The parts of an absolute URL that matter here.
private struct URLParts {
    let scheme: String
    /// With its `@`, or empty.
    let credentials: String
    let authority: String
    let path: String
    /// With its `?`, or empty.
    let query: String

    init?(_ text: String) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }),
            let colon = text.firstIndex(of: ":")
        else { return nil }
        scheme = text[..<colon].lowercased()
        let rest = text[colon...]
        guard scheme == "http" || scheme == "https", rest.hasPrefix("://") else { return nil }
        let withoutFragment = rest.dropFirst(3).prefix { $0 != "#" }
        let location = withoutFragment.prefix { $0 != "?" }
        query = String(withoutFragment.dropFirst(location.count))
        let host = location.prefix { $0 != "/" }
        path = String(location.dropFirst(host.count))
        let at = host.lastIndex(of: "@").map { host.index(after: $0) } ?? host.startIndex
        credentials = String(host[..<at])
        authority = String(host[at...])
        guard Self.isValid(authority: authority) else { return nil }
    }

    /// A host, or an IPv6 address in brackets, and perhaps a port from 1 to 65535.
    private static func isValid(authority: String) -> Bool {
        let afterHost: Substring
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { return false }
            afterHost = authority[authority.index(after: close)...]
        } else {
            afterHost = authority.drop { $0 != ":" }
        }
        if authority.isEmpty || authority.hasPrefix("[]") || afterHost.count == authority.count {
            return false
        }
        if afterHost.isEmpty || afterHost == ":" { return true }
        let digits = afterHost.dropFirst()
        guard afterHost.hasPrefix(":"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = Int(digits)
        else { return false }
        return (1...65535).contains(port)
    }
}
