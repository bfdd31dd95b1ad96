internal import OTelEmitter
internal import RPPTelemetry

/// The pages for operators and their programs: `/metrics` for Prometheus, `/telemetry` with the
/// snapshot, and `/healthz`.
///
/// They are not part of the RPC. Requests for them are not counted, so reading a value does not
/// change it.
struct OperatorPages: Sendable {
    let emitter: Emitter
    let telemetry: NodeTelemetry
    let view: NodeView

    /// The reply to a request; nil if the path is not one of these pages.
    func answer(_ request: HTTPRequest) -> HTTPReply? {
        let page: () -> HTTPReply
        switch request.path {
        case "/metrics": page = { metrics(request.accept) }
        case "/telemetry":
            page = { HTTPReply(200, String(decoding: telemetry.snapshot().json(), as: UTF8.self)) }
        case "/healthz": page = health
        default: return nil
        }
        // Load balancers often use HEAD.
        let isReading = request.method == "GET" || request.isHead
        return isReading ? page() : .methodNotAllowed("GET, HEAD")
    }

    private func metrics(_ accept: String?) -> HTTPReply {
        let page = emitter.prometheusPage(accept: accept)
        return HTTPReply(200, contentType: page.contentType, page.body)
    }

    /// Status 503 while the chain stands still; 200 while it grows and once the node's run is over.
    private func health() -> HTTPReply {
        let health = view.health(at: .now)
        let height = view.state.chain.height
        return HTTPReply(
            health == .stalled ? 503 : 200,
            "{\"status\":\"\(health.rawValue)\",\"block_height\":\(height)}")
    }
}
