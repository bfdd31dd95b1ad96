internal import Glibc

/// The text about a failure for people: what happened and what to do about it.
extension TransferFailure {
    /// If the clock shows an earlier year, it has not been set, since this software did not exist
    /// then.
    static let earliestYear = 2024
    /// The beginning of that year, in seconds since 1970.
    private static let earliestTime: Int64 = 1_704_067_200
    package static let grpcHint = "this looks like the gRPC port; use 4318"

    /// Whether the server may speak gRPC: HTTP/2 only, usually on port 4317.
    var looksLikeGRPC: Bool {
        if detail.contains("no application protocol") { return true }
        if detail.contains("HTTP/0.9") { return true }
        return port == 4317 && !isReused && phase == .requesting && isLoss
    }

    /// Whether the connection to the proxy failed, rather than the connection to the endpoint.
    var isOfProxy: Bool { proxyPlace.map { detail.contains($0) } ?? false }

    /// Whether the process has reached one of its own limits.
    var lacksResources: Bool {
        let errors = [EMFILE, ENFILE, ENOMEM, ENOBUFS, EADDRNOTAVAIL]
        return lacksDescriptors || errors.contains(systemError)
            || detail.contains("thread failed to start")
    }

    func text(_ kind: TransportError.Kind) -> String {
        var parts = [headline(kind)]
        if !detail.isEmpty, !isHeadTooLarge { parts.append(detail) }
        if kind == .resources && lacksDescriptors {
            parts.append("no descriptors are left")
        } else if systemError != 0, let reason = strerror(systemError) {
            parts.append(String(cString: reason))
        }
        return ([parts.joined(separator: ": ")] + advice(kind)).joined(separator: "; ")
    }

    private func headline(_ kind: TransportError.Kind) -> String {
        switch kind {
        case .resolve:
            stop == .resolversHang
                ? "\(ResolverThreads.limit) earlier name resolutions still hang"
                : "the host's name was not resolved"
        case .connect: "no connection"
        case .tls: "no secure connection"
        case .certificate: "a certificate or key file can't be used"
        case .proxy: proxyStatus < 300 ? "the proxy failed" : "the proxy answers \(proxyStatus)"
        case .connection: "the connection was lost"
        case .protocol: protocolHeadline
        case .timeout: "no answer in time" + pending
        case .resources: "this process is short of resources"
        case .other: "libcurl can't send"
        }
    }

    private var protocolHeadline: String {
        if isHeadTooLarge { return "the head of the response is too large" }
        if code == 0 { return "the response ends with the status \(status)" }
        return isLoss
            ? "the connection was closed without an answer" : "the answer is not HTTP/1"
    }

    /// The step that the deadline interrupted.
    private var pending: String {
        switch phase {
        case .resolving: " (the host's name was not resolved)"
        case .connecting: " (no connection)"
        case .handshaking: usesTLS ? " (the TLS handshake did not end)" : ""
        case .requesting, .receiving: ""
        }
    }

    private func advice(_ kind: TransportError.Kind) -> [String] {
        switch kind {
        case .protocol where looksLikeGRPC: [Self.grpcHint]
        case .connection where code == 52 && !isReused: ["if this is a gRPC port, use 4318"]
        case .proxy where proxyStatus == 407:
            ["the proxy wants a user and password in its URL"]
        case .tls: tlsAdvice
        case .other where code == 1 && usesTLS: ["libcurl may be built without TLS"]
        default: []
        }
    }

    private var tlsAdvice: [String] {
        let today = CivilDate.text(wallTime)
        // X509_V_ERR_CERT_NOT_YET_VALID and …_HAS_EXPIRED
        if verification == 9 || verification == 10 {
            return wallTime < Self.earliestTime
                ? ["this machine's clock says \(today), which can't be: set it"]
                : ["this machine's clock says \(today)"]
        }
        if (18...21).contains(verification) {
            return ["if its authority is your own, name its file in OTEL_EXPORTER_OTLP_CERTIFICATE"]
        }
        if detail.contains("wrong version number") || detail.contains("packet length too long") {
            return ["the server may not speak TLS on this port"]
        }
        if detail.contains("unsupported protocol") || detail.contains("protocol version") {
            return ["TLS 1.2 or later is needed"]
        }
        if code == 98 || detail.contains("certificate required") {
            return ["the server wants a client certificate"]
        }
        return []
    }
}
