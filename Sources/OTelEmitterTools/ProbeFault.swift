internal import OTelEmitter

/// Where an exchange went wrong, and what to do about it. Pure.
struct ProbeFault: Sendable, Equatable {
    let step: ProbeStep.Name
    let detail: String
    let advice: String?

    /// Why there was no response.
    static func of(
        _ error: TransportError, at phase: TransferFailure.Phase, _ endpoint: Endpoint
    ) -> ProbeFault {
        let reached = step(of: phase, endpoint)
        switch error.kind {
        case .resolve:
            return ProbeFault(
                step: .resolution, detail: error.text,
                advice: "check the host's name, and this machine's resolver (/etc/resolv.conf)")
        case .connect:
            return ProbeFault(
                step: .connection, detail: error.text, advice: connectAdvice(error.text, endpoint))
        case .tls:
            return ProbeFault(step: .tls, detail: error.text, advice: tlsAdvice(error.text))
        case .certificate:
            return ProbeFault(
                step: .tls, detail: error.text,
                advice: "check the files that OTEL_EXPORTER_OTLP_CERTIFICATE,"
                    + " OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY"
                    + " name")
        case .proxy:
            return ProbeFault(
                step: .connection, detail: error.text,
                advice: "check the proxy that http_proxy, https_proxy or all_proxy names, or except"
                    + " the host by no_proxy")
        case .protocol, .connection:
            return ofStranger(error, reached, endpoint)
        case .timeout:
            return ProbeFault(step: reached, detail: error.text, advice: timeoutAdvice[reached])
        case .resources, .other:
            return ProbeFault(step: reached, detail: error.text, advice: nil)
        }
    }

    /// The step during which a transfer ended.
    private static func step(
        of phase: TransferFailure.Phase, _ endpoint: Endpoint
    ) -> ProbeStep.Name {
        switch phase {
        case .resolving: endpoint.unixSocketPath == nil ? .resolution : .connection
        case .connecting: .connection
        case .handshaking: endpoint.isEncrypted ? .tls : .connection
        case .requesting, .receiving: .answer
        }
    }

    // MARK: What to do

    private static func connectAdvice(_ text: String, _ endpoint: Endpoint) -> String {
        if endpoint.unixSocketPath != nil {
            return "is the collector running, and may this user write to the socket?"
        }
        if text.contains("refused") {
            return
                "nobody listens there: is the collector running, and is the port right? OTLP over"
                + " HTTP usually has 4318"
        }
        return "is there a route to the host, or a firewall in between?"
    }

    static let identityAdvice =
        "set OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE and OTEL_EXPORTER_OTLP_CLIENT_KEY to a pair that the"
        + " server knows"

    /// Nil where the transport's text says it already.
    private static func tlsAdvice(_ text: String) -> String? {
        let text = text.lowercased()
        if text.contains("not yet valid") {
            return "set the clocks of both machines, or wait until the certificate is valid"
        }
        if text.contains("expired") { return "renew the server's certificate" }
        if text.contains("subject name") || text.contains("does not match")
            || text.contains("hostname mismatch") || text.contains("ip address mismatch")
        {
            return "name the host in the endpoint as the server's certificate does, or have one"
                + " issued for this name"
        }
        if text.contains("revoked") { return "the server needs another certificate" }
        if text.contains("client certificate") || text.contains("certificate required") {
            return identityAdvice
        }
        if text.contains("not speak tls") {
            return "if the server speaks plain HTTP there, begin the endpoint with http://"
        }
        return nil
    }

    private static let timeoutAdvice: [ProbeStep.Name: String] = [
        .resolution: "check this machine's resolver (/etc/resolv.conf)",
        .connection: "a firewall may drop the packets: is the port open between the machines?",
        .tls: "does the server speak TLS on this port?",
        .answer: "the server takes the connection and says nothing: is it overloaded, or no OTLP"
            + " receiver?",
    ]

    /// Whoever answers does not speak HTTP/1, or hangs up.
    private static func ofStranger(
        _ error: TransportError, _ reached: ProbeStep.Name, _ endpoint: Endpoint
    ) -> ProbeFault {
        let hint = "; " + TransferFailure.grpcHint
        let isHinted = error.text.contains(hint)
        guard isHinted || endpoint.serverPort == 4317 else {
            return ProbeFault(
                step: reached, detail: error.text,
                advice: "is this an OTLP receiver for HTTP? Its port is usually 4318")
        }
        return ProbeFault(
            step: reached, detail: error.text.replacing(hint, with: ""),
            advice: grpcAdvice(endpoint))
    }

    static func grpcAdvice(_ endpoint: Endpoint) -> String {
        endpoint.serverPort == 4317
            ? "this looks like the gRPC port 4317, use 4318"
            : "this looks like a gRPC port, use the one for HTTP, usually 4318"
    }
}
