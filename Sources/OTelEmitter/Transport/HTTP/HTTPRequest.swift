/// A POST request.
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

/// The response to a request.
package struct HTTPResponse: Sendable, Equatable {
    package let status: Int
    /// The beginning of the body, up to the transport's limit.
    package let body: [UInt8]
    /// The headers that the emitter uses.
    package private(set) var headers: ResponseHeaders
    /// Whether `body` is the whole body. False if it was too large, broke off, or did not end in
    /// time.
    let isBodyComplete: Bool
    /// Secrets that the body may repeat. They have to be hidden in every text that is taken from
    /// it.
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

    /// The response that the transport returns: with its secrets, and with `Location` reduced to
    /// scheme, host and path.
    func hiding(_ secrets: Secrets) -> HTTPResponse {
        var response = self
        response.secrets = secrets
        response.headers.location = headers.location.map { secrets.hidden(in: Redaction.place($0)) }
        return response
    }
}

/// The response headers that the emitter uses. If a header is repeated, the last value is kept.
/// Values are cut off after `limit` bytes, except `Location`: it is shown to people, and a secret
/// in it could not be hidden if it were cut off.
package struct ResponseHeaders: Sendable, Equatable {
    static let limit = 1024

    var retryAfter: String?
    var contentType: String?
    package var location: String?
    package var date: String?
}
