import Testing

@testable import OTelEmitter

@Suite struct MetricsExporterTests {
    private func make(_ environment: [String: String]) -> EmitterConfiguration {
        EmitterConfiguration(environment: environment)
    }

    @Test(arguments: [
        ("otlp", MetricsExporter.otlp, true), ("console", .console, true), ("none", .otlp, false),
        ("logging", .otlp, true), ("", .otlp, true),
    ])
    func environmentChoosesTheExporter(text: String, exporter: MetricsExporter, isEnabled: Bool) {
        let configuration = make(["OTEL_METRICS_EXPORTER": text])
        #expect(configuration.exporter == exporter)
        #expect(configuration.isExportEnabled == isEnabled)
        #expect(configuration.problems.count == (text == "logging" ? 1 : 0))
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
}
