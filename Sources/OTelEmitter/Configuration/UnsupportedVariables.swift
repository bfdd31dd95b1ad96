/// How variables of OpenTelemetry are read that set no option here: they are reported where
/// somebody may rely on them.
enum UnsupportedVariables {
    /// Configuration files are not supported, and the specification forbids reading other variables
    /// beside one: nothing is exported.
    static func readConfigurationFile(
        _ configuration: inout EmitterConfiguration, _ reader: inout EnvironmentReader,
        _ variables: [EnvironmentVariable]
    ) {
        guard let variable = variables.first(where: { reader.text($0) != nil }) else { return }
        reader.reject(
            variable, reader.text(variable),
            "configuration files are not supported; nothing is exported and no other variable is"
                + " read until it is unset")
        configuration.isExportEnabled = false
        reader.note("isExportEnabled", variable)
        reader.stop()
    }

    static func readEntities(
        _ configuration: inout EmitterConfiguration, _ reader: inout EnvironmentReader,
        _ variables: [EnvironmentVariable]
    ) {
        for variable in variables where reader.text(variable) != nil {
            reader.reject(
                variable, nil, "entities are not supported; use OTEL_RESOURCE_ATTRIBUTES")
        }
    }

    /// What the variables say holds for gRPC; over HTTP the endpoint's scheme decides.
    static func readInsecure(
        _ configuration: inout EmitterConfiguration, _ reader: inout EnvironmentReader,
        _ variables: [EnvironmentVariable]
    ) {
        for variable in variables {
            guard let isInsecure = reader.boolean(variable) else { continue }
            if isInsecure, configuration.endpoint?.isEncrypted == true {
                reader.doubt(
                    variable,
                    "it has no effect on OTLP over HTTP, where the URL decides: certificates are"
                        + " verified; use http:// to send without TLS")
            }
            return
        }
    }
}
