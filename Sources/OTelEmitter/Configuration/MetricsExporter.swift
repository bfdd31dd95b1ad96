/// Where an emitter's data points go.
public enum MetricsExporter: Sendable, Hashable {
    /// To an OpenTelemetry Collector, as OTLP JSON over HTTP.
    case otlp
    /// To standard output, as text for people: one line for each data point. Meant for development.
    /// What can't be written is declared lost.
    case console
    /// To standard output, as OTLP JSON: one line for each request. What can't be written is
    /// declared lost.
    case otlpStandardOutput
    /// To the end of a file, as OTLP JSON: one line for each request. If the file is missing, also
    /// after it was renamed or removed, it is created; it grows without limit. What can't be
    /// written is declared lost. A relative path starts at the process's working directory when the
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

    /// The same with an absolute path.
    ///
    /// - Parameter place: where a relative path counts from.
    func withPath(below place: String) -> MetricsExporter {
        guard case .otlpFile(let path) = self else { return self }
        return .otlpFile(path: WorkingDirectory.absolute(path, below: place))
    }
}

/// A list of exporters: the first one that can be used counts, and the others are reported. The
/// specification leaves it to the implementation what a list means.
enum ExporterList {
    /// The list.
    static let variable: EnvironmentVariable = "OTEL_METRICS_EXPORTER"
    /// The path for the exporter to a file.
    static let file: EnvironmentVariable = "OTEL_SWIFT_EXPORT_FILE"

    private enum Choice {
        case exporter(MetricsExporter)
        case nothing
    }

    /// Sets whether anything is exported, and where to.
    static func read(
        into configuration: inout EmitterConfiguration, _ reader: inout EnvironmentReader,
        _: [EnvironmentVariable]
    ) {
        switch parse(&reader) {
        case .exporter(let chosen):
            configuration.exporter = chosen
            reader.note("exporter", variable)
        case .nothing:
            if configuration.isExportEnabled { reader.note("isExportEnabled", variable) }
            configuration.isExportEnabled = false
        case nil: break
        }
        if configuration.exporter.name != "otlp/file", reader.text(file) != nil {
            reader.doubt(
                file,
                "it is used by the exporter otlp/file only; set OTEL_METRICS_EXPORTER=otlp/file")
        }
    }

    /// What is printed of an exporter: its name, and a file's path.
    static func text(_ exporter: MetricsExporter) -> String {
        if case .otlpFile(let path) = exporter { exporter.name + " " + path } else { exporter.name }
    }

    /// Nil if the variable says nothing that can be used.
    private static func parse(_ reader: inout EnvironmentReader) -> Choice? {
        var chosen: (word: String, choice: Choice)?
        var isScraped = false
        for word in reader.list(variable) {
            if word.lowercased() == "prometheus" {
                isScraped = true
            } else if let chosen {
                guard word.lowercased() != chosen.word else { continue }
                reader.reject(
                    variable, word, "one exporter is used, the first: \(chosen.word)")
            } else if let choice = choice(word, &reader) {
                chosen = (word.lowercased(), choice)
            }
        }
        guard isScraped else { return chosen?.choice }
        // The page for scrapers exists, whatever is pushed.
        reader.doubt(
            variable,
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
            if let path = reader.text(file) { return .exporter(.otlpFile(path: path)) }
            remedy = "set OTEL_SWIFT_EXPORT_FILE to the file's path"
        case "logging": remedy = "it is deprecated; use console"
        default: remedy = "use otlp, otlp/stdout, otlp/file, console or none"
        }
        reader.reject(variable, word, remedy)
        return nil
    }
}
