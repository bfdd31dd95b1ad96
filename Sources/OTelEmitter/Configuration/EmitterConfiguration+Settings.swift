internal import Instruments

/// The options as texts.
extension EmitterConfiguration {
    /// All of them, sorted by name.
    var settings: [ConfigurationSetting] {
        let all =
            exportSettings + serverSettings + instrumentSettings + hostSettings + resourceSettings
        return all.sorted { $0.name < $1.name }
    }

    private var exportSettings: [ConfigurationSetting] {
        let place: String =
            if case .otlpFile(let path) = exporter { " " + path } else { "" }
        return [
            ConfigurationSetting("isExportEnabled", "\(isExportEnabled)"),
            ConfigurationSetting("exporter", exporter.name + place),
            ConfigurationSetting("exportInterval", Self.text(exportInterval)),
            ConfigurationSetting("exportTimeout", Self.limit(exportTimeout)),
            ConfigurationSetting("timeout", Self.limit(timeout)),
            ConfigurationSetting("batchLimits.points", "\(batchLimits.points)"),
            ConfigurationSetting("batchLimits.bytes", "\(batchLimits.bytes) bytes"),
            ConfigurationSetting(
                "batchLimits.hardLimitBytes", "\(batchLimits.hardLimitBytes) bytes"),
            ConfigurationSetting("queueByteLimit", "\(queueByteLimit) bytes"),
            ConfigurationSetting("isSelfObserved", "\(isSelfObserved)"),
            ConfigurationSetting("keepsLastCollection", "\(keepsLastCollection)"),
            ConfigurationSetting("metricProducers", "\(metricProducers.count)"),
            ConfigurationSetting("metricFilter", Self.presence(metricFilter != nil)),
            ConfigurationSetting("temporality", "\(temporality)"),
        ] + spoolSettings
    }

    private var spoolSettings: [ConfigurationSetting] {
        guard let spool else { return [ConfigurationSetting("spool.directory", "none")] }
        return [
            ConfigurationSetting("spool.directory", spool.directory),
            ConfigurationSetting("spool.byteLimit", "\(spool.byteLimit) bytes"),
            ConfigurationSetting("spool.ageLimit", Self.text(spool.ageLimit)),
        ]
    }

    private var serverSettings: [ConfigurationSetting] {
        let headerNames = headers.map { "\($0.name)=\(Redaction.mark)" }
        let exactHeaders = headers.map { "\($0.name)=\($0.value)" }
        return [
            Self.setting("endpoint", endpoint, otherwise: withoutEndpoint),
            Self.setting("failoverEndpoint", failoverEndpoint, otherwise: "none"),
            ConfigurationSetting(
                "headers", Self.list(headerNames), exact: exactHeaders.joined(separator: ",")),
            ConfigurationSetting("compression", "\(compression)"),
            ConfigurationSetting("responseByteLimit", "\(responseByteLimit) bytes"),
            ConfigurationSetting("tls.authoritiesPath", tls.authoritiesPath ?? "the system's"),
            ConfigurationSetting("tls.clientCertificatePath", tls.clientCertificatePath ?? "none"),
            ConfigurationSetting("tls.clientKeyPath", tls.clientKeyPath ?? "none"),
        ]
    }

    private var withoutEndpoint: String {
        let cause = unusableEndpointVariable.map { ", since the value of \($0) can't be used" }
        return "none, nothing is sent" + (cause ?? "")
    }

    private var instrumentSettings: [ConfigurationSetting] {
        let limits = cardinalityLimits.map { "\($0.key)=\($0.value)" }.sorted()
        return [
            ConfigurationSetting("histogramAggregation", Self.text(histogramAggregation)),
            ConfigurationSetting("views", "\(views.count)"),
            ConfigurationSetting("viewMatching", "\(viewMatching)"),
            ConfigurationSetting("exemplarFilter", "\(exemplarFilter)"),
            ConfigurationSetting("idleExpiry", idleExpiry.map(Self.text) ?? "never"),
            ConfigurationSetting("cardinalityLimit", "\(cardinalityLimit)"),
            ConfigurationSetting("cardinalityLimits", Self.list(limits)),
        ]
    }

    private var hostSettings: [ConfigurationSetting] {
        let handler = chosenHandler == nil ? "standard error" : "set"
        return [
            ConfigurationSetting("diagnosticHandler", handler),
            ConfigurationSetting("logLevel", "\(logLevel)"),
            ConfigurationSetting("threadStartHandler", Self.presence(threadStartHandler != nil)),
            ConfigurationSetting("traceContext", Self.presence(traceContext != nil)),
        ]
    }

    private var resourceSettings: [ConfigurationSetting] {
        var settings = resource.attributes.attributes.map { attribute in
            let value =
                if case .string(let text) = attribute.value { text } else {
                    ConsoleText.text(attribute.value)
                }
            let shown = Redaction.shown(value, of: attribute.key)
            return ConfigurationSetting("resource." + attribute.key.onOneLine, shown, exact: value)
        }
        if !resource.schemaURL.isEmpty {
            settings.append(ConfigurationSetting("resource schema URL", resource.schemaURL))
        }
        return settings
    }
}

extension EmitterConfiguration {
    private static func setting(
        _ name: String, _ endpoint: Endpoint?, otherwise: String
    ) -> ConfigurationSetting {
        guard let endpoint else { return ConfigurationSetting(name, otherwise) }
        let mark = endpoint.hasCredentials ? " with credentials" : ""
        return ConfigurationSetting(
            name, endpoint.description + mark,
            exact: endpoint.url + (endpoint.unixSocketPath ?? ""))
    }

    private static func text(_ duration: Duration) -> String {
        let parts = duration.components
        let isWhole = parts.attoseconds == 0
        return isWhole ? "\(parts.seconds) s" : "\(duration.nanoseconds / 1_000_000) ms"
    }

    private static func limit(_ duration: Duration) -> String {
        duration > .zero ? text(duration) : "no limit"
    }

    private static func text(_ aggregation: Aggregation) -> String {
        switch aggregation {
        case .explicitBuckets(nil, true): "explicitBuckets"
        case .exponentialBuckets(160, 20, true): "exponentialBuckets"
        default: "\(aggregation)"
        }
    }

    private static func list(_ parts: [String]) -> String {
        parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }

    private static func presence(_ isSet: Bool) -> String { isSet ? "set" : "none" }
}
