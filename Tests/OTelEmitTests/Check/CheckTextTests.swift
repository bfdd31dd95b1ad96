import OTelEmitter
import OTelEmitterTools
import Testing

@testable import otel_emit

@Suite struct CheckTextTests {
    @Test func stepsStandInColumnsAndAdviceBelow() {
        var text = CheckText()
        text.add(
            "endpoint",
            ProbeReport(
                endpoint: "http://h/", form: .json,
                steps: [
                    ProbeStep(.resolution, .good, "h is an address"),
                    ProbeStep(.path, .failed, "the server answers 404", advice: "look there"),
                    ProbeStep(.gzip, .doubtful, "seen"), ProbeStep(.canary, .skipped, ""),
                ]))
        #expect(
            text.take() == """

                endpoint http://h/
                  ok       name resolution  h is an address
                  FAIL     path             the server answers 404
                                            -> look there
                  note     gzip             seen
                  skipped  canary
                """)
        #expect(text.failures == 1)
        #expect(text.conclusion == "\n1 failure")
        #expect(text.take().isEmpty)
    }

    @Test func configurationIsShownWithoutSecretsAndItsProblemsCount() {
        var text = CheckText()
        text.add(
            EmitterConfiguration(environment: [
                "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Bearer%20hidden",
                "OTEL_EXPORTER_OTLP_ENDPOINT": "http://user:hidden@h:4317",
                "OTEL_EXPORTER_OTLP_TIMEOUT": "soon",
            ]))
        let shown = text.take()
        #expect(!shown.contains("hidden"))
        #expect(shown.contains("  headers = authorization=[redacted] (OTEL_EXPORTER_OTLP_HEADERS)"))
        #expect(shown.contains("\n  FAIL     The value \"soon\" of OTEL_EXPORTER_OTLP_TIMEOUT"))
        #expect(shown.contains("\n  note     OTEL_EXPORTER_OTLP_ENDPOINT looks wrong: 4317"))
        #expect(text.failures == 1)
    }

    @Test(arguments: [
        (["OTEL_SDK_DISABLED": "true"], 1), (["OTEL_METRICS_EXPORTER": "none"], 1),
        (["OTEL_METRICS_EXPORTER": "console"], 0), ([:], 0),
        (["OTEL_EXPORTER_OTLP_ENDPOINT": "https://c:443O"], 1),
    ])
    func nothingExportedIsAFailure(environment: [String: String], failures: Int) {
        var text = CheckText()
        text.add(EmitterConfiguration(environment: environment))
        #expect(text.failures == failures)
        #expect(text.conclusion == (failures == 0 ? "\nall is well" : "\n1 failure"))
    }
}
