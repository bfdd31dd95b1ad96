/// The address that requests are sent to: an absolute http or https URL, or a Unix domain socket.
///
/// A socket is written as `unix:///run/otel.sock` or `unix:/run/otel.sock`. The path of the URL may
/// follow after another colon, as in `unix:///run/otel.sock:/v1/metrics`, which is also the
/// default.
public struct Endpoint: Sendable, Equatable, CustomStringConvertible {
    /// The complete URL, including credentials. For a socket, it is `http://localhost` and the
    /// path.
    package let url: String
    /// The socket to connect to instead of the URL's host.
    package let unixSocketPath: String?
    /// `scheme://host[:port]/path`, without credentials and query, to show to people.
    public let description: String
    /// The host name, or the address without brackets. For a socket, its path.
    package let serverAddress: String
    /// The port to connect to. Nil for a socket.
    package let serverPort: Int?
    /// The path of the URL, without the query.
    package let path: String
    /// Whether the URL contains a user name or a password.
    package let hasCredentials: Bool

    /// OpenTelemetry's default: a collector on this machine.
    public static let standard = Endpoint(
        URLParts(
            scheme: "http", credentials: "", authority: "localhost:4318", path: "", query: ""),
        path: "/v1/metrics")

    /// The path for metrics below a base URL. It is also the path for a socket that names none.
    package static let metricsPath = "/v1/metrics"

    /// Creates the endpoint with exactly this URL. A missing path becomes `/`, or `/v1/metrics` for
    /// a socket. Nil if the text is not an absolute http, https or unix URL.
    public init?(exactly text: String) {
        guard let place = Self.place(text) else { return nil }
        switch place {
        case .host(let parts): self.init(parts, path: parts.path.isEmpty ? "/" : parts.path)
        case .socket(let socket):
            let path = socket.path.isEmpty ? Self.metricsPath : socket.path
            self.init(socket, path: path, query: socket.query)
        }
    }

    /// Creates the endpoint for metrics below a base URL: `v1/metrics` is appended after exactly
    /// one slash. Query and fragment of the base are left out. Nil if the text is not an absolute
    /// http, https or unix URL.
    public init?(base text: String) {
        guard let place = Self.place(text) else { return nil }
        switch place {
        case .host(let parts): self.init(parts, path: Self.below(parts.path), keepsQuery: false)
        case .socket(let socket): self.init(socket, path: Self.below(socket.path), query: "")
        }
    }

    /// Whether connections to the server use TLS.
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
