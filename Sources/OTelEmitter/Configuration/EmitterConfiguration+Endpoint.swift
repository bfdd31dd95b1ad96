/// What the environment says of the servers that are spoken to, and of proofs of identity.
extension EmitterConfiguration {
    /// An endpoint that is named and can't be used is none: what was not named is not spoken to.
    mutating func readEndpoints(_ reader: inout EnvironmentReader) {
        let variable: EnvironmentVariable =
            reader.text(.metricsEndpoint) == nil ? .endpoint : .metricsEndpoint
        if let text = reader.text(variable) {
            reader.note("endpoint", variable)
            endpoint =
                variable == .endpoint ? Endpoint(base: text) : Endpoint(exactly: text)
            if endpoint == nil {
                refuseEndpoint(of: variable.rawValue)
                reader.reject(variable, nil, Endpoint.remedy(for: text))
            }
        }
        if let text = reader.text(.failoverEndpoint) {
            reader.note("failoverEndpoint", .failoverEndpoint)
            failoverEndpoint = Endpoint(exactly: text)
            if failoverEndpoint == nil {
                reader.reject(.failoverEndpoint, nil, Endpoint.remedy(for: text))
            }
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
            if isInsecure, endpoint?.isEncrypted == true {
                reader.doubt(
                    variable,
                    "it has no effect on OTLP over HTTP, where the URL decides: certificates are"
                        + " verified; use http:// to send without TLS")
            }
            return
        }
    }
}

extension EmitterConfiguration {
    /// The endpoints in the order of preference. Without the first one there is none: the second
    /// one stands in for an endpoint that fails, not for a mistake.
    package var endpoints: [Endpoint] {
        endpoint.map { [$0] + [failoverEndpoint].compactMap(\.self) } ?? []
    }

    /// Whether data points are to be sent, and no endpoint can be used.
    package var lacksEndpoint: Bool { isExportEnabled && exporter == .otlp && endpoint == nil }
}
