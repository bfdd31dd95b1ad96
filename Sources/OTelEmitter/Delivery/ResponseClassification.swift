/// What an attempt means for its batch (design, decision 4.7; checklist B14 to B20).
enum Verdict: Sendable, Equatable {
    /// Any 2xx.
    case delivered(PartialSuccess)
    /// The batch stays and is sent again, not before `after` if the server asks for that.
    case retry(Refusal, after: Duration?)
    /// 413: a smaller request may be taken.
    case tooLarge(Refusal)
    /// 400: something in the request is bad, or this receiver takes none of the kind.
    case bad(Refusal)
    /// This receiver will never accept the batch.
    case rejected(Refusal)

    /// Why a request was not accepted.
    struct Refusal: Sendable, Equatable {
        /// For people.
        let reason: String
        /// Few values, fit for an attribute.
        let errorType: String
    }

    /// Only 429, 502, 503 and 504 are worth another attempt.
    ///
    /// - Parameters:
    ///   - form: the form of the request.
    ///   - now: seconds since 1970, for `Retry-After`.
    static func of(_ response: HTTPResponse, to form: WireForm, now: Int64) -> Verdict {
        let status = response.status
        if (200..<300).contains(status) { return .delivered(.of(response)) }
        let refusal = Refusal(reason: reason(response, to: form), errorType: String(status))
        switch status {
        case 429, 502, 503, 504:
            let headers = response.headers
            return .retry(
                refusal, after: RetryAfter.wait(headers.retryAfter, date: headers.date, now: now))
        case 413: return .tooLarge(refusal)
        case 400: return .bad(refusal)
        default: return .rejected(refusal)
        }
    }

    /// Transport failures are worth another attempt.
    static func of(_ error: TransportError) -> Verdict {
        .retry(Refusal(reason: error.text, errorType: error.kind.rawValue), after: nil)
    }

    private static func reason(_ response: HTTPResponse, to form: WireForm) -> String {
        let message = CollectorText.message(of: response).map { " (\($0))" } ?? ""
        return "the collector answers \(response.status)" + message + hint(response, to: form)
    }

    /// What to do about it.
    private static func hint(_ response: HTTPResponse, to form: WireForm) -> String {
        switch response.status {
        case 300..<400:
            let target = response.headers.location.map { CollectorText.shown($0, of: response) }
            return "; redirects are not followed, set the endpoint to the final URL"
                + (target.map { ": \($0)" } ?? "")
        case 401, 403: return "; check the token in the headers"
        case 404: return "; check the endpoint's path, usually /v1/metrics"
        case 405: return "; the endpoint is no OTLP receiver"
        case 415: return "; the receiver does not take \(form.name)"
        default: return ""
        }
    }
}
