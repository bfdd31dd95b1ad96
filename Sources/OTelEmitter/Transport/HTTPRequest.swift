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
    /// Values of the headers that mean something to the emitter, as they were sent.
    var headers = ResponseHeaders()
    /// Whether `body` is all of it; false: it was too large, broke off, or did not end in time.
    var isBodyComplete = true
}

/// The headers of a response that mean something to the emitter; of repeated ones the last value.
/// Each is kept up to `limit` bytes.
struct ResponseHeaders: Sendable, Equatable {
    static let limit = 1024

    var retryAfter: String?
    var contentType: String?
    var location: String?
    var date: String?
}
