/// Where requests go: an absolute http or https URL, or a Unix domain socket (checklist B2 to B5).
///
/// A socket is written `unix:///run/otel.sock` or `unix:/run/otel.sock`, with the URL's path behind
/// a further colon: `unix:///run/otel.sock:/v1/metrics`, which is also the default.
public struct Endpoint: Sendable, Equatable, CustomStringConvertible {
    /// The complete URL, credentials included; of a socket `http://localhost` and the path.
    package let url: String
    /// The socket that is connected to in place of the URL's host.
    package let unixSocketPath: String?
    /// `scheme://host[:port]/path`, without credentials and query: for people to read.
    public let description: String
    /// Host name or address, without brackets; of a socket its path.
    package let serverAddress: String
    /// The port that is connected to; nil of a socket.
    package let serverPort: Int?
    /// The path of the URL, without query.
    package let path: String
    /// Whether the URL carries a user name or password.
    package let hasCredentials: Bool

    /// OpenTelemetry's default: a collector on this machine.
    public static let standard = Endpoint(
        URLParts(
            scheme: "http", credentials: "", authority: "localhost:4318", path: "", query: ""),
        path: "/v1/metrics")

    /// The path for metrics below a base URL, and of a socket without a path.
    package static let metricsPath = "/v1/metrics"

    /// The endpoint at exactly this URL; an absent path becomes `/`, of a socket `/v1/metrics`. Nil
    /// if the text is no absolute http, https or unix URL.
    public init?(exactly text: String) {
        guard let place = Self.place(text) else { return nil }
        switch place {
        case .host(let parts): self.init(parts, path: parts.path.isEmpty ? "/" : parts.path)
        case .socket(let socket):
            let path = socket.path.isEmpty ? Self.metricsPath : socket.path
            self.init(socket, path: path, query: socket.query)
        }
    }

    /// The endpoint for metrics below a base URL: `v1/metrics` is appended after exactly one slash.
    /// Query and fragment of the base are left out. Nil if the text is no absolute http, https or
    /// unix URL.
    public init?(base text: String) {
        guard let place = Self.place(text) else { return nil }
        switch place {
        case .host(let parts): self.init(parts, path: Self.below(parts.path), keepsQuery: false)
        case .socket(let socket): self.init(socket, path: Self.below(socket.path), query: "")
        }
    }

    /// Whether the server is spoken to by TLS.
    package var isEncrypted: Bool { url.hasPrefix("https://") }

    private enum Place {
        case host(URLParts)
        case socket(SocketParts)
    }

    private static func place(_ text: String) -> Place? {
        switch URLParts.scheme(of: text) {
        case "unix": (try? SocketParts(text)).map { .socket($0) }
        default: (try? URLParts(text)).map { .host($0) }
        }
    }

    private static func below(_ path: String) -> String {
        (path.hasSuffix("/") ? String(path.dropLast()) : path) + metricsPath
    }

    private init(_ parts: URLParts, path: String, keepsQuery: Bool = true) {
        let head = parts.scheme + "://"
        url = head + parts.credentials + parts.authority + path + (keepsQuery ? parts.query : "")
        description = head + parts.authority + Redaction.withoutCredentials(path)
        unixSocketPath = nil
        serverAddress = parts.host
        serverPort = parts.port ?? (parts.scheme == "https" ? 443 : 80)
        self.path = path
        hasCredentials = !parts.credentials.isEmpty
    }

    private init(_ socket: SocketParts, path: String, query: String) {
        url = "http://localhost" + path + query
        description = Redaction.withoutCredentials("unix://\(socket.socket):\(path)")
        unixSocketPath = socket.socket
        serverAddress = socket.socket
        serverPort = nil
        self.path = path
        hasCredentials = false
    }
}
