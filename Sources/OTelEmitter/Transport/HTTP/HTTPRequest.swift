/// What the transport sends: one POST.
package struct HTTPRequest {
    let body: [UInt8]
    let contentType: String
    let isCompressed: Bool

    package init(body: [UInt8], contentType: String, isCompressed: Bool) {
        self.body = body
        self.contentType = contentType
        self.isCompressed = isCompressed
    }
}

/// What came back.
package struct HTTPResponse: Sendable, Equatable {
    package let status: Int
    /// The body's beginning, up to the transport's limit.
    package let body: [UInt8]
    /// Values of the headers that mean something to the emitter.
    package private(set) var headers: ResponseHeaders
    /// Whether `body` is all of it; false: it was too large, broke off, or did not end in time.
    let isBodyComplete: Bool
    /// What the body may repeat and nobody may see: whoever takes text from it hides them.
    private(set) var secrets = Secrets([])

    init(
        status: Int, body: [UInt8], headers: ResponseHeaders = ResponseHeaders(),
        isBodyComplete: Bool = true
    ) {
        self.status = status
        self.body = body
        self.headers = headers
        self.isBodyComplete = isBodyComplete
    }

    /// The response as it leaves the transport. `Location` is a place only.
    func hiding(_ secrets: Secrets) -> HTTPResponse {
        var response = self
        response.secrets = secrets
        response.headers.location = headers.location.map { secrets.hidden(in: Redaction.place($0)) }
        return response
    }
}

/// The headers of a response that mean something to the emitter; of repeated ones the last value.
/// Each is kept up to `limit` bytes, but `Location` whole: it is shown, and a secret in it that was
/// cut in two could not be hidden.
package struct ResponseHeaders: Sendable, Equatable {
    static let limit = 1024

    var retryAfter: String?
    var contentType: String?
    package var location: String?
    package var date: String?
}
