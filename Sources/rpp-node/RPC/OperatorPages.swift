internal import OTelEmitter
internal import RPPTelemetry

/// The pages that operators and their programs read: `/metrics` for Prometheus, `/telemetry` with
/// the snapshot, `/healthz`.
///
/// They are no RPC: reading them counts nothing, so that no figure moves because it is read.
struct OperatorPages: Sendable {
    let emitter: Emitter
    let telemetry: NodeTelemetry
    let view: NodeView

    /// Nil if the path is none of theirs.
    func answer(_ request: HTTPRequest) -> HTTPReply? {
        let page: () -> HTTPReply
        switch request.path {
        case "/metrics": page = { metrics(request.accept) }
        case "/telemetry":
            page = { HTTPReply(200, String(decoding: telemetry.snapshot().json(), as: UTF8.self)) }
        case "/healthz": page = health
        default: return nil
        }
        // Load balancers like to ask by HEAD.
        let isReading = request.method == "GET" || request.isHead
        return isReading ? page() : .methodNotAllowed("GET, HEAD")
    }

    private func metrics(_ accept: String?) -> HTTPReply {
        let page = emitter.prometheusPage(accept: accept)
        return HTTPReply(200, contentType: page.contentType, page.body)
    }

    /// 200 while rounds go on, and once the node's run is over; 503 while they stand still.
    private func health() -> HTTPReply {
        let health = view.health(at: .now)
        let height = view.state.chain.height
        return HTTPReply(
            health == .stalled ? 503 : 200,
            "{\"status\":\"\(health.rawValue)\",\"block_height\":\(height)}")
    }
}
