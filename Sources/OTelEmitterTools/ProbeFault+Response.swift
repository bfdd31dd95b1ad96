internal import OTelEmitter

extension ProbeFault {
    /// What is wrong with a response; nil if the request was accepted whole.
    static func of(
        _ response: HTTPResponse, _ endpoint: Endpoint, _ form: WireForm
    ) -> ProbeFault? {
        let message = CollectorText.message(of: response).map { " (\($0))" } ?? ""
        let detail = "the server answers \(response.status)\(message)"
        if CollectorText.hasType("application/grpc", response) {
            return ProbeFault(
                step: .answer, detail: detail,
                advice: grpcAdvice(endpoint))
        }
        switch response.status {
        case 200..<300: return ofAcceptance(response)
        case 400 where says("https server", response) || says("https port", response):
            return ProbeFault(
                step: .tls, detail: "the server wants TLS, and answers 400",
                advice: "begin the endpoint with https://")
        case 400 where says("ssl certificate", response):
            return ProbeFault(
                step: .authentication,
                detail:
                    "the server wants another client certificate, or one at all, and answers 400",
                advice: identityAdvice)
        case 300..<400:
            let target = response.headers.location.map { CollectorText.shown($0, of: response) }
            return ProbeFault(
                step: .path, detail: detail,
                advice: "redirects are not followed, set the endpoint to "
                    + (target ?? "where the server is now"))
        case 401, 403:
            return ProbeFault(
                step: .authentication, detail: detail,
                advice: "check the token in OTEL_EXPORTER_OTLP_HEADERS, such as"
                    + " Authorization=Bearer%20…")
        case 404, 405, 410:
            return ProbeFault(step: .path, detail: detail, advice: pathAdvice(endpoint))
        case 429, 500..<600:
            return ProbeFault(step: .answer, detail: detail, advice: troubleAdvice(response.status))
        default:
            return ProbeFault(
                step: .form, detail: detail, advice: refusalAdvice(response.status, form))
        }
    }

    /// Servers that don't know OTLP explain themselves to people only.
    private static func says(_ words: String, _ response: HTTPResponse) -> Bool {
        let text = String(decoding: response.body.prefix(CollectorText.shownBytes), as: UTF8.self)
        return text.lowercased().contains(words)
    }

    private static func ofAcceptance(_ response: HTTPResponse) -> ProbeFault? {
        if CollectorText.hasType("text/html", response) {
            return ProbeFault(
                step: .path, detail: "the answer is a page of HTML",
                advice: "this is a server for people; name the collector's host, port and path")
        }
        let partial = PartialSuccess.of(response)
        guard partial.rejected > 0 else { return partial.isDoubtful ? ofDoubt(partial) : nil }
        return ProbeFault(
            step: .canary,
            detail: "the receiver rejects the data point: \(partial.message ?? "no reason given")",
            advice: "see what the receiver's own log says")
    }

    /// Nobody can say what became of the data points.
    private static func ofDoubt(_ partial: PartialSuccess) -> ProbeFault {
        ProbeFault(
            step: .path,
            detail: partial.message ?? "the answer's number of rejected data points makes no sense",
            advice: "name the host, port and path at which a collector takes OTLP over HTTP")
    }

    private static func pathAdvice(_ endpoint: Endpoint) -> String {
        let metrics = Endpoint.metricsPath
        if endpoint.path.contains(metrics + metrics) {
            return "v1/metrics appears twice: OTEL_EXPORTER_OTLP_ENDPOINT is a base; name it"
                + " without v1/metrics"
        }
        if !endpoint.path.hasSuffix(metrics) {
            return "a collector takes metrics at \(metrics):"
                + " OTEL_EXPORTER_OTLP_METRICS_ENDPOINT is used as it is,"
                + " to OTEL_EXPORTER_OTLP_ENDPOINT that is appended"
        }
        return "is this the right server, and the right path before \(metrics)?"
    }

    private static func troubleAdvice(_ status: Int) -> String {
        switch status {
        case 429: "the receiver wants less; an emitter waits and tries again"
        case 502, 504: "a gateway answers for a receiver that it can't reach; is that running?"
        case 503: "the receiver is overloaded or not ready; an emitter waits and tries again"
        default: "see what the receiver's own log says"
        }
    }

    private static func refusalAdvice(_ status: Int, _ form: WireForm) -> String {
        switch status {
        case 400, 406, 415, 422: form.adviceIfRefused
        case 413:
            "even one data point is too large: raise the server's limit, such as nginx's"
                + " client_max_body_size"
        case 411: "the server, or a proxy before it, does not take the request's length"
        default: "see what the receiver's own log says"
        }
    }
}
