import Instruments
import Testing

@testable import OTelEmitter

@Suite struct EffectiveOptionTests {
    private func make(_ environment: [EnvironmentVariable: String] = [:]) -> EmitterConfiguration {
        EmitterConfiguration(
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ($0.key.rawValue, $0.value) }))
    }

    private func option(_ name: String, of configuration: EmitterConfiguration) -> String? {
        configuration.effective.first { $0.name == name }?.description
    }

    @Test func withoutEnvironmentAndCodeEverythingIsTheDefault() {
        let effective = make().effective
        #expect(effective.allSatisfy { $0.source == .standard })
        #expect(effective.map(\.name) == effective.map(\.name).sorted())
        #expect(Set(effective.map(\.name)).count == effective.count)
    }

    @Test func theVariableThatDecidedIsNamed() {
        let configuration = make([
            .endpoint: "http://a", .metricsTimeout: "0", .timeout: "5", .compression: "GZIP",
            .resourceAttributes: "k=v,service.name=x", .serviceName: "s", .logLevel: "none",
            .headers: "a=1", .metricsHeaders: "b=2", .spoolDirectory: "d", .spoolMaximumBytes: "7",
            .exportInterval: "1500", .failoverEndpoint: "http://b/x", .clientKey: "k",
        ])
        let expected = [
            "endpoint = http://a/v1/metrics (OTEL_EXPORTER_OTLP_ENDPOINT)",
            "timeout = no limit (OTEL_EXPORTER_OTLP_METRICS_TIMEOUT)",
            "compression = gzip (OTEL_EXPORTER_OTLP_COMPRESSION)",
            "resource.k = v (OTEL_RESOURCE_ATTRIBUTES)",
            "resource.service.name = s (OTEL_SERVICE_NAME)",
            "logLevel = none (OTEL_LOG_LEVEL)",
            "headers = b=[redacted] (OTEL_EXPORTER_OTLP_METRICS_HEADERS)",
            "spool.directory = d (OTEL_SWIFT_SPOOL_DIRECTORY)",
            "spool.byteLimit = 7 bytes (OTEL_SWIFT_SPOOL_MAX_BYTES)",
            "spool.ageLimit = 172800 s (default)",
            "exportInterval = 1500 ms (OTEL_METRIC_EXPORT_INTERVAL)",
            "exportTimeout = 30 s (default)",
            "failoverEndpoint = http://b/x (OTEL_SWIFT_FAILOVER_ENDPOINT)",
            "tls.clientKeyPath = k (OTEL_EXPORTER_OTLP_CLIENT_KEY)",
            "resource.telemetry.sdk.language = swift (default)",
        ]
        for line in expected {
            let name = String(line.prefix { $0 != " " })
            #expect(option(name, of: configuration) == line)
        }
    }

    @Test func aValueThatCanNotBeUsedIsNoSource() {
        let configuration = make([.timeout: "x", .compression: "x", .metricsExporter: "x"])
        #expect(configuration.effective.allSatisfy { $0.source == .standard })
    }

    @Test func withoutAnEndpointItIsSaidThatNothingIsSentAndWhy() {
        var configuration = make([.metricsEndpoint: "https://c:443O", .endpoint: "http://a"])
        let name = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"
        #expect(
            option("endpoint", of: configuration)
                == "endpoint = none, nothing is sent, since the value of \(name) can't be used"
                + " (\(name))")
        configuration.endpoint = nil
        #expect(
            option("endpoint", of: configuration) == "endpoint = none, nothing is sent (code)")
        let second = make([.failoverEndpoint: "https://c:443O"])
        #expect(
            option("failoverEndpoint", of: second)
                == "failoverEndpoint = none (OTEL_SWIFT_FAILOVER_ENDPOINT)")
    }

    @Test(arguments: [
        ([EnvironmentVariable.sdkDisabled: "true", .metricsExporter: "none"], "OTEL_SDK_DISABLED"),
        ([.metricsExporter: "none"], "OTEL_METRICS_EXPORTER"),
        ([.configFile: "f", .sdkDisabled: "true"], "OTEL_CONFIG_FILE"),
    ])
    func whatSwitchesExportOffIsNamed(
        environment: [EnvironmentVariable: String], variable: String
    ) {
        #expect(
            option("isExportEnabled", of: make(environment))
                == "isExportEnabled = false (\(variable))")
    }

    @Test func whatCodeChangesIsCodes() {
        var configuration = make([.endpoint: "http://a", .exportInterval: "5000"])
        configuration.exportInterval = .seconds(1)
        configuration.headers = [HTTPHeader("k", "v")].compactMap(\.self)
        configuration.resource = configuration.resource.merging(Resource(["service.name": "s"]))
        configuration.views = [View(View.Selector(), aggregation: .drop)]
        configuration.traceContext = { nil }
        configuration.diagnosticHandler = { _ in }
        configuration.cardinalityLimits = [.histogram: 5, .counter: 9]
        configuration.exporter = .otlpFile(path: "f")
        let expected = [
            "exportInterval = 1 s (code)", "headers = k=[redacted] (code)",
            "resource.service.name = s (code)", "views = 1 (code)", "traceContext = set (code)",
            "diagnosticHandler = set (code)", "exporter = otlp/file f (code)",
            "cardinalityLimits = counter=9, histogram=5 (code)",
            "endpoint = http://a/v1/metrics (OTEL_EXPORTER_OTLP_ENDPOINT)",
        ]
        for line in expected {
            let name = String(line.prefix { $0 != " " })
            #expect(option(name, of: configuration) == line)
        }
    }

    /// A secret that only differs in what is left out is a change all the same.
    @Test func aChangedSecretIsNoticedAndNotShown() {
        var configuration = make([.headers: "a=secret1", .endpoint: "http://u:secret1@c"])
        configuration.headers = [HTTPHeader("a", "secret2")].compactMap(\.self)
        configuration.endpoint = Endpoint(base: "http://u:secret2@c") ?? .standard
        #expect(option("headers", of: configuration) == "headers = a=[redacted] (code)")
        #expect(
            option("endpoint", of: configuration)
                == "endpoint = http://c/v1/metrics with credentials (code)")
        #expect(!configuration.effectiveText.contains("secret"))
    }

    @Test func theTextIsStableSortedAndHasALineForEachOption() {
        var configuration = make([
            .resourceAttributes: "a=line%0Abreak,api.token=secret,url=http://u:secret@c",
            .metricsEndpoint: "https://u:secret@c/x?token=secret", .serviceName: "s",
            .headers: "authorization=secret,x-tenant=secret",
        ])
        configuration.resource = configuration.resource.merging(
            Resource(["service.instance.id": "i", "n": 5, "l": .array([1, "x"])], schemaURL: "u"))
        let text = configuration.effectiveText
        #expect(text == configuration.effectiveText)
        #expect(!text.contains("secret"))
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines == configuration.effective.map(\.description))
        #expect(lines.contains("resource.a = line\\nbreak (OTEL_RESOURCE_ATTRIBUTES)"))
        #expect(lines.contains("resource.api.token = [redacted] (OTEL_RESOURCE_ATTRIBUTES)"))
        #expect(lines.contains("resource.n = 5 (code)"))
        #expect(lines.contains("resource schema URL = u (code)"))
        #expect(
            lines.contains(
                "headers = authorization=[redacted], x-tenant=[redacted] (OTEL_EXPORTER_OTLP_HEADERS)"
            ))
    }
}
