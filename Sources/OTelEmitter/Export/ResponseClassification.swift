/// What an attempt means for its batch (design, decision 4.7; checklist B14 to B20).
enum Verdict: Sendable, Equatable {
    /// Any 2xx.
    case delivered
    /// The batch stays and is sent again.
    case retry(reason: String)
    /// The batch will never be accepted.
    case rejected(reason: String)

    /// Only 429, 502, 503 and 504 are worth another attempt.
    static func of(_ response: HTTPResponse) -> Verdict {
        switch response.status {
        case 200..<300: .delivered
        case 429, 502, 503, 504: .retry(reason: "the collector answers \(response.status)")
        default: .rejected(reason: "the collector answers \(response.status)" + hint(response))
        }
    }

    /// Transport failures are worth another attempt.
    static func of(_ error: TransportError) -> Verdict { .retry(reason: error.text) }

    private static func hint(_ response: HTTPResponse) -> String {
        switch response.status {
        case 300..<400: "; redirects are not followed, set the endpoint to the final URL"
        case 401, 403: "; check the token in the headers"
        case 404: "; check the endpoint's path, usually /v1/metrics"
        case 415: "; the receiver does not take JSON"
        default: ""
        }
    }
}
