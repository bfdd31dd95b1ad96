/// What the transport sends: one POST.
struct HTTPRequest {
    let body: [UInt8]
    let isCompressed: Bool
}

/// What came back.
struct HTTPResponse: Sendable, Equatable {
    let status: Int
    /// The body's beginning, up to the transport's limit.
    let body: [UInt8]
}

/// Why there was no response.
enum TransportError: Error, Equatable {
    /// The connection or the protocol failed; the text is libcurl's.
    case failed(String)
    /// The deadline passed.
    case timedOut
}
