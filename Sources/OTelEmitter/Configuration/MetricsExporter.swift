/// Where an emitter's data points go.
public enum MetricsExporter: Sendable, Hashable, CaseIterable {
    /// To an OpenTelemetry Collector, as OTLP JSON over HTTP.
    case otlp
    /// To standard output, as text for people: one line for each data point. For development; what
    /// can't be written is declared lost.
    case console
}

extension EmitterConfiguration {
    /// Whether anything is exported, whereto and when.
    mutating func readExporter(_ reader: inout EnvironmentReader) {
        if reader.boolean(.sdkDisabled) == true { isExportEnabled = false }
        let exporters: KeyValuePairs<String, MetricsExporter?> = [
            "otlp": .otlp, "console": .console, "none": nil,
        ]
        switch reader.choice(.metricsExporter, exporters) {
        case .some(.some(let chosen)): exporter = chosen
        case .some(.none): isExportEnabled = false
        case .none: break
        }
        if let interval = reader.milliseconds(.exportInterval) {
            if interval > .zero {
                exportInterval = interval
            } else {
                reader.reject(
                    .exportInterval, reader.text(.exportInterval), "use 1 or more milliseconds")
            }
        }
        exportTimeout = reader.milliseconds(.exportTimeout) ?? exportTimeout
    }
}
