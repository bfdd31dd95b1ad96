/// Where an emitter's data points go.
public enum MetricsExporter: Sendable, Hashable {
    /// To an OpenTelemetry Collector, as OTLP JSON over HTTP.
    case otlp
    /// To standard output, as text for people: one line for each data point. For development; what
    /// can't be written is declared lost.
    case console
    /// To standard output, as OTLP JSON: one line for each request. What can't be written is
    /// declared lost.
    case otlpStandardOutput
    /// To the end of a file, as OTLP JSON: one line for each request. The file is made if it is
    /// missing, also after it was renamed or removed; it grows until somebody does that. What can't
    /// be written is declared lost. A relative path counts from where the process is when the
    /// emitter is made.
    case otlpFile(path: String)

    /// What `OTEL_METRICS_EXPORTER` calls it.
    package var name: String {
        switch self {
        case .otlp: "otlp"
        case .console: "console"
        case .otlpStandardOutput: "otlp/stdout"
        case .otlpFile: "otlp/file"
        }
    }
}

extension EmitterConfiguration {
    /// Whether anything is exported, whereto and when.
    mutating func readExporter(_ reader: inout EnvironmentReader) {
        if reader.boolean(.sdkDisabled) == true {
            isExportEnabled = false
            reader.note("isExportEnabled", .sdkDisabled)
        }
        switch ExporterList.parse(&reader) {
        case .exporter(let chosen):
            exporter = chosen
            reader.note("exporter", .metricsExporter)
        case .nothing:
            if isExportEnabled { reader.note("isExportEnabled", .metricsExporter) }
            isExportEnabled = false
        case nil: break
        }
        if exporter.name != "otlp/file", reader.text(.exportFile) != nil {
            reader.doubt(
                .exportFile,
                "it is used by the exporter otlp/file only; set OTEL_METRICS_EXPORTER=otlp/file")
        }
        let interval = reader.first("exportInterval", .exportInterval) {
            $0.milliseconds($1, in: 1...Int(Int32.max))
        }
        if let interval { exportInterval = interval }
        exportTimeout =
            reader.first("exportTimeout", .exportTimeout) { $0.milliseconds($1) } ?? exportTimeout
    }
}

/// `OTEL_METRICS_EXPORTER`: of several exporters the first that can be used counts; the others are
/// reported, as the specification leaves lists to the implementation.
private enum ExporterList {
    enum Choice {
        case exporter(MetricsExporter)
        case nothing
    }

    /// Nil if the variable says nothing that can be used.
    static func parse(_ reader: inout EnvironmentReader) -> Choice? {
        var chosen: (word: String, choice: Choice)?
        var isScraped = false
        for word in reader.list(.metricsExporter) {
            if word.lowercased() == "prometheus" {
                isScraped = true
            } else if let chosen {
                guard word.lowercased() != chosen.word else { continue }
                reader.reject(
                    .metricsExporter, word, "one exporter is used, the first: \(chosen.word)")
            } else if let choice = choice(word, &reader) {
                chosen = (word.lowercased(), choice)
            }
        }
        guard isScraped else { return chosen?.choice }
        // The page for scrapers is there whatever is pushed.
        reader.doubt(
            .metricsExporter,
            "prometheus opens no port: the program serves Emitter.prometheusPage itself"
                + (chosen == nil ? "; nothing is pushed" : ""))
        return chosen?.choice ?? .nothing
    }

    private static func choice(_ word: String, _ reader: inout EnvironmentReader) -> Choice? {
        let remedy: String
        switch word.lowercased() {
        case "otlp": return .exporter(.otlp)
        case "console": return .exporter(.console)
        case "otlp/stdout": return .exporter(.otlpStandardOutput)
        case "none": return .nothing
        case "otlp/file":
            if let path = reader.text(.exportFile) { return .exporter(.otlpFile(path: path)) }
            remedy = "set OTEL_SWIFT_EXPORT_FILE to the file's path"
        case "logging": remedy = "it is deprecated; use console"
        default: remedy = "use otlp, otlp/stdout, otlp/file, console or none"
        }
        reader.reject(.metricsExporter, word, remedy)
        return nil
    }
}
