internal import Glibc

/// The parts of an endpoint's URL that are needed to connect and to explain a failure.
struct EndpointTarget: Sendable, Equatable {
    let isSecure: Bool
    /// Without the brackets of an IPv6 address.
    let host: String
    let port: Int
    /// `user:password` before the host, or empty if there is none.
    let credentials: String

    init(_ endpoint: Endpoint) {
        let url = endpoint.url
        isSecure = url.hasPrefix("https:")
        let location = url.drop { $0 != "/" }.drop { $0 == "/" }.prefix { $0 != "/" && $0 != "?" }
        let at = location.lastIndex(of: "@")
        credentials = at.map { String(location[..<$0]) } ?? ""
        let authority = at.map { location[location.index(after: $0)...] } ?? location
        let name: Substring
        if authority.hasPrefix("[") {
            name = authority.dropFirst().prefix { $0 != "]" }
        } else {
            name = authority.prefix { $0 != ":" }
        }
        host = String(name)
        let digits = authority.split(separator: ":", omittingEmptySubsequences: false).last
        let isBare = !authority.contains(":") || authority.hasSuffix("]")
        port = (isBare ? nil : digits.flatMap { Int($0) }) ?? (isSecure ? 443 : 80)
    }

    /// Whether the address is known without asking a resolver.
    var isAddress: Bool {
        if host.lowercased() == "localhost" { return true }
        var address = in6_addr()
        return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
    }
}
