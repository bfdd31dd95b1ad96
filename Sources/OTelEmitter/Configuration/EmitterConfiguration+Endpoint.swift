/// What the environment says of the servers that are spoken to, and of proofs of identity.
extension EmitterConfiguration {
    mutating func readEndpoint(_ reader: inout EnvironmentReader) {
        let chosen =
            reader.first("endpoint", .metricsEndpoint) {
                Self.endpoint($1, &$0) { Endpoint(exactly: $0) }
            }
            ?? reader.first("endpoint", .endpoint) {
                Self.endpoint($1, &$0) { Endpoint(base: $0) }
            }
        endpoint = chosen ?? endpoint
        failoverEndpoint = reader.first("failoverEndpoint", .failoverEndpoint) {
            Self.endpoint($1, &$0) { Endpoint(exactly: $0) }
        }
    }

    mutating func readCertificates(_ reader: inout EnvironmentReader) {
        tls.authoritiesPath = reader.first(
            "tls.authoritiesPath", .metricsCertificate, .certificate, read: { $0.text($1) })
        tls.clientCertificatePath = reader.first(
            "tls.clientCertificatePath", .metricsClientCertificate, .clientCertificate,
            read: { $0.text($1) })
        tls.clientKeyPath = reader.first(
            "tls.clientKeyPath", .metricsClientKey, .clientKey, read: { $0.text($1) })
        for variable in [EnvironmentVariable.metricsInsecure, .insecure] {
            guard let isInsecure = reader.boolean(variable) else { continue }
            if isInsecure, endpoint.isEncrypted {
                reader.doubt(
                    variable,
                    "it has no effect on OTLP over HTTP, where the URL decides: certificates are"
                        + " verified; use http:// to send without TLS")
            }
            return
        }
    }

    /// The endpoint that a variable names; a text that is none is reported, but not shown.
    private static func endpoint(
        _ variable: EnvironmentVariable, _ reader: inout EnvironmentReader,
        _ make: (String) -> Endpoint?
    ) -> Endpoint? {
        guard let text = reader.text(variable) else { return nil }
        if let endpoint = make(text) { return endpoint }
        reader.reject(variable, nil, EndpointProblem.of(text)?.remedy ?? "use an absolute URL")
        return nil
    }
}
