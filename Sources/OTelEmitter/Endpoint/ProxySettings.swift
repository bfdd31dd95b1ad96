/// Decides which proxy requests go through, by libcurl's rules for its environment variables.
///
/// The variables are read once. libcurl itself would call `getenv` for each connection, which is
/// not safe while the program calls `setenv`. libcurl still matches the exceptions.
package struct ProxySettings: Sendable, Equatable {
    static let variables = [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy",
        "NO_PROXY",
    ]

    /// The values of `variables` in the environment of the process. Call it on the thread that
    /// creates the emitter: another thread could run into a `setenv` of the program.
    package static func environment() -> [String: String] { ProcessEnvironment.read(variables) }

    /// The proxy's URL, including credentials. Empty if there is no proxy.
    package let url: String
    /// Hosts that are connected to without the proxy.
    let exceptions: String

    /// - Parameter environment: the values of `variables`.
    init(_ environment: [String: String], isSecure: Bool) {
        // In a CGI program, an upper-case HTTP_PROXY may come from a header of the request.
        let names = isSecure ? ["https_proxy", "HTTPS_PROXY"] : ["http_proxy"]
        url = Self.first(of: names + ["all_proxy", "ALL_PROXY"], in: environment)
        exceptions = Self.first(of: ["no_proxy", "NO_PROXY"], in: environment)
    }

    /// No proxy, whatever the environment says.
    static let none = ProxySettings([:], isSecure: false)

    /// Whether connections to the proxy itself use TLS.
    var isSecure: Bool { url.lowercased().hasPrefix("https:") }

    /// `user:password` in the URL, or empty if there is none.
    var credentials: String {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let location = url[start...].prefix { $0 != "/" }
        return location.lastIndex(of: "@").map { String(location[..<$0]) } ?? ""
    }

    /// How libcurl names the proxy in the text of an error: `HOST port PORT`.
    package var place: String {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        let location = url[start...].prefix { $0 != "/" }
        let at = location.lastIndex(of: "@").map { location.index(after: $0) }
        let authority = location[(at ?? location.startIndex)...]
        let host: Substring
        if authority.hasPrefix("[") {
            host = authority.dropFirst().prefix { $0 != "]" }
        } else {
            host = authority.prefix { $0 != ":" }
        }
        let port = authority.hasSuffix("]") ? nil : authority.split(separator: ":").dropFirst().last
        let standard = url.hasPrefix("https:") ? "443" : "1080"
        return "\(host) port \(port ?? Substring(standard))"
    }

    private static func first(of names: [String], in environment: [String: String]) -> String {
        for name in names {
            if let value = environment[name], !value.isEmpty { return value }
        }
        return ""
    }
}
