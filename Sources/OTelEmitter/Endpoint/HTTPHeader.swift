/// A header that is added to every request. Its value may be a secret and is never logged.
public struct HTTPHeader: Sendable, Equatable {
    /// The name, in upper and lower case as given.
    public let name: String
    /// The value, which may be a secret.
    public let value: String

    /// Headers that the emitter sets itself, in lower case.
    private static let reserved: Set<String> = [
        "content-type", "content-encoding", "content-length", "transfer-encoding", "host", "expect",
        "connection", "user-agent",
    ]

    /// Nil if the name is not a token of RFC 7230, if the emitter sets this header itself, or if
    /// the value contains control characters. This makes header injection impossible.
    public init?(_ name: String, _ value: String) {
        let isToken = !name.isEmpty && name.utf8.allSatisfy(Self.isTokenByte)
        guard isToken, !Self.reserved.contains(name.lowercased()),
            value.utf8.allSatisfy({ ($0 >= 0x20 && $0 != 0x7F) || $0 == 0x09 })
        else { return nil }
        self.name = name
        self.value = value
    }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
            || (0x61...0x7A).contains(byte) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
