internal import OTelEmitter
internal import RPPTelemetry

extension NodeProcess {
    /// The responses to `GET /metrics` and `GET /telemetry`, for any HTTP server that the node
    /// has; nil for other paths.
    public func page(_ path: String, accept: String?) -> (contentType: String, body: [UInt8])? {
        switch path {
        case "/metrics":
            let page = emitter.prometheusPage(accept: accept)
            return (page.contentType, page.body)
        case "/telemetry":
            return ("application/json", telemetry.snapshot().json())
        default:
            return nil
        }
    }
}
