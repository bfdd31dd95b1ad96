import Testing

@testable import OTelEmitter

@Suite struct MetricsExporterTests {
    private func make(_ environment: [String: String]) -> EmitterConfiguration {
        EmitterConfiguration(environment: environment)
    }

    @Test(arguments: [
        ("otlp", MetricsExporter.otlp, true), ("console", .console, true), ("none", .otlp, false),
        ("OTLP/StdOut", .otlpStandardOutput, true), ("", .otlp, true), (" , ", .otlp, true),
        ("otlp,", .otlp, true), ("console,CONSOLE", .console, true), ("none,none", .otlp, false),
    ])
    func environmentChoosesTheExporter(text: String, exporter: MetricsExporter, isEnabled: Bool) {
        let configuration = make(["OTEL_METRICS_EXPORTER": text])
        #expect(configuration.exporter == exporter)
        #expect(configuration.isExportEnabled == isEnabled)
        #expect(configuration.problems.isEmpty)
    }

    /// Of a list the first exporter counts that can be used.
    @Test(arguments: [
        ("otlp,console", MetricsExporter.otlp, true, ["console"]),
        ("Console, otlp ,none", .console, true, ["otlp", "none"]),
        ("none,otlp", .otlp, false, ["otlp"]),
        ("logging", .otlp, true, ["logging"]),
        ("Nonsense", .otlp, true, ["Nonsense"]), ("otlp/file", .otlp, true, ["otlp/file"]),
        ("otlp/file,console", .console, true, ["otlp/file"]),
        ("zipkin,logging", .otlp, true, ["zipkin", "logging"]),
    ])
    func whatIsNotUsedOfAListIsReported(
        text: String, exporter: MetricsExporter, isEnabled: Bool, reported: [String]
    ) {
        let configuration = make(["OTEL_METRICS_EXPORTER": text])
        #expect(configuration.exporter == exporter)
        #expect(configuration.isExportEnabled == isEnabled)
        #expect(configuration.problems.map(\.value) == reported)
        #expect(configuration.problems.allSatisfy { $0.variable == "OTEL_METRICS_EXPORTER" })
    }

    /// The page for scrapers is there whatever is pushed; only nobody opens a port for it.
    @Test(arguments: [
        ("Prometheus", MetricsExporter.otlp, false),
        ("prometheus,otlp/stdout", .otlpStandardOutput, true), ("otlp,prometheus", .otlp, true),
        ("none,prometheus", .otlp, false),
    ])
    func prometheusIsBesideWhatIsPushed(text: String, exporter: MetricsExporter, isEnabled: Bool) {
        let configuration = make(["OTEL_METRICS_EXPORTER": text])
        #expect(configuration.exporter == exporter)
        #expect(configuration.isExportEnabled == isEnabled)
        #expect(configuration.problems.map(\.isInForce) == [true])
    }

    @Test func aReportTellsWhatToUseInstead() {
        let told = { (text: String) in
            make(["OTEL_METRICS_EXPORTER": text]).problems.map(\.remedy).joined()
        }
        #expect(told("logging").contains("use console"))
        #expect(told("prometheus").contains("Emitter.prometheusPage itself; nothing is pushed"))
        #expect(told("prometheus,otlp").contains("opens no port"))
        #expect(told("otlp/file").contains("OTEL_SWIFT_EXPORT_FILE"))
        #expect(told("x").contains("otlp/stdout"))
    }

    @Test func theFileExporterNeedsItsFile() {
        let file = ["OTEL_SWIFT_EXPORT_FILE": " metrics.jsonl "]
        let chosen = make(file.merging(["OTEL_METRICS_EXPORTER": "OTLP/File"]) { $1 })
        #expect(chosen.exporter == .otlpFile(path: "metrics.jsonl"))
        #expect(chosen.problems.isEmpty)
        let unused = make(file)
        #expect(unused.exporter == .otlp)
        #expect(unused.problems.map(\.variable) == ["OTEL_SWIFT_EXPORT_FILE"])
        #expect(unused.problems.first?.isInForce == true)
    }

    @Test func everyExporterHasTheNameThatChoosesIt() {
        let file = ["OTEL_SWIFT_EXPORT_FILE": "f"]
        for exporter: MetricsExporter in [
            .otlp, .console, .otlpStandardOutput, .otlpFile(path: "f"),
        ] {
            let chosen = make(file.merging(["OTEL_METRICS_EXPORTER": exporter.name]) { $1 })
            #expect(chosen.exporter == exporter)
        }
    }

    /// A8.16
    @Test func theConsoleIsWrittenEveryTenSecondsUnlessSaidOtherwise() {
        var configuration = make(["OTEL_METRICS_EXPORTER": "console"])
        #expect(configuration.exportInterval == .seconds(10))
        configuration.exporter = .otlp
        #expect(configuration.exportInterval == .seconds(60))
        configuration.exportInterval = .seconds(3)
        configuration.exporter = .console
        #expect(configuration.exportInterval == .seconds(3))
        let told = make(
            ["OTEL_METRICS_EXPORTER": "console", "OTEL_METRIC_EXPORT_INTERVAL": "60000"])
        #expect(told.exportInterval == .seconds(60))
    }

    /// Only the exporter to the console is given another interval by the specification.
    @Test func linesOfJSONAreWrittenAsOftenAsRequestsAreSent() {
        let configuration = make(["OTEL_METRICS_EXPORTER": "otlp/stdout"])
        #expect(configuration.exportInterval == .seconds(60))
    }
}
