import Instruments
import Testing

@testable import OTelEmitter

@Suite struct EmitterConfigurationTests {
    private func make(_ environment: [EnvironmentVariable: String] = [:]) -> EmitterConfiguration {
        EmitterConfiguration(
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ($0.key.rawValue, $0.value) }))
    }

    private func problems(_ configuration: EmitterConfiguration) -> [String] {
        configuration.problems.map(\.variable).sorted()
    }

    @Test func withoutAnEnvironmentTheDefaultsHold() {
        let configuration = make()
        #expect(configuration.isExportEnabled)
        #expect(configuration.endpoint == .standard)
        #expect(configuration.headers.isEmpty)
        #expect(configuration.compression == .none)
        #expect(configuration.timeout == .seconds(10))
        #expect(configuration.exportInterval == .seconds(60))
        #expect(configuration.exportTimeout == .seconds(30))
        #expect(configuration.cardinalityLimit == 2000)
        #expect(configuration.batchLimits == BatchLimits())
        #expect(configuration.problems.isEmpty)
    }

    @Test(arguments: ["", " ", "\t"])
    func emptyVariablesAreUnset(value: String) {
        let all = Dictionary(
            uniqueKeysWithValues: EnvironmentVariable.allCases.map { ($0, value) })
        let (configuration, defaults) = (make(all), make())
        #expect(configuration.problems.isEmpty)
        #expect(configuration.isExportEnabled)
        #expect(configuration.endpoint == defaults.endpoint)
        #expect(configuration.headers.isEmpty)
        #expect(configuration.compression == defaults.compression)
        #expect(configuration.timeout == defaults.timeout)
        #expect(configuration.exportInterval == defaults.exportInterval)
        #expect(configuration.exportTimeout == defaults.exportTimeout)
        #expect(
            configuration.resource.attributes["service.name"]
                == defaults.resource.attributes["service.name"])
    }

    @Test(arguments: [
        (EnvironmentVariable.sdkDisabled, "true", false, 0), (.sdkDisabled, "false", true, 0),
        (.sdkDisabled, "1", true, 1), (.metricsExporter, "otlp", true, 0),
        (.metricsExporter, "None", false, 0), (.metricsExporter, "prometheus", false, 1),
        (.metricsExporter, "otlp,console", true, 1), (.metricsExporter, "Console", true, 0),
    ])
    func exportIsSwitchedOff(
        variable: EnvironmentVariable, value: String, isEnabled: Bool, problems: Int
    ) {
        let configuration = make([variable: value])
        #expect(configuration.isExportEnabled == isEnabled)
        #expect(configuration.problems.count == problems)
    }

    @Test func aDisabledSDKStaysDisabledWhateverTheExporter() {
        #expect(!make([.sdkDisabled: "true", .metricsExporter: "otlp"]).isExportEnabled)
    }

    @Test(arguments: [
        ("5000", Duration.seconds(5), 0), ("1", .milliseconds(1), 0), ("0", .seconds(60), 1),
        ("00", .seconds(60), 1), ("-1", .seconds(60), 1), ("5s", .seconds(60), 1),
    ])
    func theIntervalIsAtLeastAMillisecond(value: String, expected: Duration, problems: Int) {
        let configuration = make([.exportInterval: value])
        #expect(configuration.exportInterval == expected)
        #expect(configuration.problems.count == problems)
        #expect(configuration.problems.allSatisfy { $0.value == value })
    }

    @Test(arguments: [
        ("250", Duration.milliseconds(250), 0), ("0", .zero, 0), ("x", .seconds(30), 1),
    ])
    func theExportTimeoutMayBeZero(value: String, expected: Duration, problems: Int) {
        let configuration = make([.exportTimeout: value])
        #expect(configuration.exportTimeout == expected)
        #expect(configuration.problems.count == problems)
    }

    // MARK: The metrics-specific variable beats the general one

    @Test func metricsEndpointBeatsTheGeneralOne() {
        let both = make([.endpoint: "http://a", .metricsEndpoint: "http://b"])
        #expect(both.endpoint?.description == "http://b/")
        let general = make([.endpoint: "http://a", .metricsEndpoint: " "])
        #expect(general.endpoint?.description == "http://a/v1/metrics")
        let bad = make([.endpoint: "http://a", .metricsEndpoint: "nonsense"])
        #expect(bad.endpoint == nil)
        #expect(problems(bad) == ["OTEL_EXPORTER_OTLP_METRICS_ENDPOINT"])
        let unused = make([.endpoint: "nonsense", .metricsEndpoint: "http://b/x"])
        #expect(unused.problems.isEmpty)
    }

    @Test(arguments: [
        (EnvironmentVariable.endpoint, "user:secret@host"),
        (.endpoint, "https://user:secret@host:443O"),
        (.metricsEndpoint, "ftp://user:secret@host"),
    ])
    func badEndpointsAreNotReplacedAndNotShown(variable: EnvironmentVariable, text: String) {
        let configuration = make([variable: text])
        #expect(configuration.endpoint == nil)
        #expect(problems(configuration) == [variable.rawValue])
        for problem in configuration.problems {
            #expect(!problem.description.contains("secret"))
            #expect(problem.description.contains("http://localhost:4318"))
            #expect(problem.description.contains("nothing is sent"))
        }
        #expect(!configuration.effectiveText.contains("secret"))
    }

    @Test func metricsHeadersReplaceTheGeneralOnes() {
        let both = make([.headers: "a=1,b=2", .metricsHeaders: "c=3"])
        #expect(both.headers.map(\.name) == ["c"])
        let empty = make([.headers: "a=1", .metricsHeaders: ""])
        #expect(empty.headers.map(\.name) == ["a"])
        let bad = make([.headers: "a=1", .metricsHeaders: "bad"])
        #expect(bad.headers.isEmpty)
        #expect(problems(bad) == ["OTEL_EXPORTER_OTLP_METRICS_HEADERS"])
    }

    @Test func metricsCompressionBeatsTheGeneralOne() {
        #expect(make([.compression: "gzip"]).compression == .gzip)
        #expect(make([.compression: "gzip", .metricsCompression: "none"]).compression == .none)
        #expect(make([.compression: "gzip", .metricsCompression: ""]).compression == .gzip)
        let bad = make([.compression: "gzip", .metricsCompression: "zstd"])
        #expect(bad.compression == .gzip)
        #expect(problems(bad) == ["OTEL_EXPORTER_OTLP_METRICS_COMPRESSION"])
    }

    @Test func metricsTimeoutBeatsTheGeneralOne() {
        #expect(make([.timeout: "1"]).timeout == .milliseconds(1))
        #expect(make([.timeout: "1", .metricsTimeout: "0"]).timeout == .zero)
        #expect(make([.timeout: "1", .metricsTimeout: " "]).timeout == .milliseconds(1))
        #expect(make([.timeout: "1", .metricsTimeout: "-2"]).timeout == .milliseconds(1))
        #expect(make([.timeout: "x", .metricsTimeout: "y"]).timeout == .seconds(10))
    }

    @Test(arguments: ["http/protobuf", "grpc", "json"])
    func otherProtocolsAreReportedAndJSONIsKept(value: String) {
        #expect(problems(make([.protocol: value])) == ["OTEL_EXPORTER_OTLP_PROTOCOL"])
        #expect(
            problems(make([.metricsProtocol: value])) == ["OTEL_EXPORTER_OTLP_METRICS_PROTOCOL"])
        #expect(make([.protocol: "HTTP/JSON", .metricsProtocol: "http/json"]).problems.isEmpty)
    }

    @Test func theProtocolIsAnOptionLikeTheOthers() {
        let line = { (environment: [EnvironmentVariable: String]) in
            make(environment).effective.first { $0.name == "wireForm" }?.description
        }
        #expect(line([:]) == "wireForm = http/json (default)")
        #expect(line([.protocol: "grpc"]) == "wireForm = http/json (default)")
        #expect(
            line([.protocol: "HTTP/JSON"]) == "wireForm = http/json (OTEL_EXPORTER_OTLP_PROTOCOL)")
        #expect(
            line([.protocol: "http/json", .metricsProtocol: "http/json"])
                == "wireForm = http/json (OTEL_EXPORTER_OTLP_METRICS_PROTOCOL)")
        for form in WireForm.allCases {
            let configuration = make([.protocol: form.rawValue])
            #expect(configuration.wireForm == form && configuration.problems.isEmpty)
        }
    }

    /// Traces may go by gRPC while metrics go by JSON: that is no fault.
    @Test func aGeneralVariableThatIsOverriddenIsNotReported() {
        let configuration = make([
            .protocol: "grpc", .metricsProtocol: "http/json", .compression: "zstd",
            .metricsCompression: "gzip", .timeout: "x", .metricsTimeout: "5", .headers: "bad",
            .metricsHeaders: "a=1",
        ])
        #expect(configuration.problems.isEmpty)
    }

    // MARK: Resource

    @Test func theDefaultResourceNamesServiceInstanceAndLibrary() {
        let (one, two) = (make().resource.attributes, make().resource.attributes)
        guard case .string(let name)? = one["service.name"] else {
            Issue.record("no service.name")
            return
        }
        #expect(name.hasPrefix("unknown_service"))
        #expect(one["telemetry.sdk.language"] == "swift")
        #expect(one["telemetry.sdk.name"] == "otel-emitter")
        #expect(one["telemetry.sdk.name"] != "opentelemetry")
        #expect(one["telemetry.sdk.version"] != nil)
        #expect(one["service.instance.id"] != two["service.instance.id"])
    }

    @Test func theServiceNameBeatsTheResourceAttributes() {
        let list = "service.name=a,service.instance.id=i,k=v"
        let attributes = make([.resourceAttributes: list]).resource.attributes
        #expect(attributes["service.name"] == "a")
        #expect(attributes["service.instance.id"] == "i")
        #expect(attributes["k"] == "v")
        let named = make([.resourceAttributes: list, .serviceName: " b "]).resource.attributes
        #expect(named["service.name"] == "b")
        let empty = make([.resourceAttributes: list, .serviceName: ""]).resource.attributes
        #expect(empty["service.name"] == "a")
    }

    @Test func aBadListLeavesTheDefaultResource() {
        let configuration = make([.resourceAttributes: "k=v,bad", .serviceName: "s"])
        #expect(configuration.resource.attributes["k"] == nil)
        #expect(configuration.resource.attributes["service.name"] == "s")
        #expect(problems(configuration) == ["OTEL_RESOURCE_ATTRIBUTES"])
    }

    @Test func variablesOfOthersAreIgnored() {
        let configuration = EmitterConfiguration(environment: [
            "OTEL_TRACES_EXPORTER": "nonsense", "OTEL_BSP_SCHEDULE_DELAY": "x", "PATH": "",
            "OTEL_PROPAGATORS": "x", "OTEL_BLRP_MAX_QUEUE_SIZE": "x", "OTEL_LOGS_EXPORTER": "x",
            "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT": "x", "OTEL_ATTRIBUTE_COUNT_LIMIT": "-1",
            "OTEL_SPAN_EVENT_COUNT_LIMIT": "x",
            "otel_service_name": "x",
        ])
        #expect(configuration.problems.isEmpty)
        #expect(configuration.resource.attributes["service.name"] != "x")
    }

    /// What a process of its own writes on standard error, at each level.
    @Test(arguments: [("", 2), ("error", 1), ("none", 0)])
    func theDefaultHandlerWritesWhatTheLevelAdmits(level: String, lines: Int) async {
        let result = await #expect(
            processExitsWith: .success, observing: [\.standardErrorContent]
        ) { [level] in
            let configuration = EmitterConfiguration(environment: ["OTEL_LOG_LEVEL": level])
            configuration.diagnosticHandler(.exportUnavailable(reason: "of a test"))
            configuration.diagnosticHandler(
                .deliveryRecovered(endpoint: "e", after: .zero, lostPoints: 0))
        }
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        let own = text.split(separator: "\n").filter { $0.hasPrefix("otel-emitter: ") }
        #expect(own.count == lines, "\(text)")
    }

    @Test func aHandlerOfTheHostIsToldEverything() {
        var configuration = make([.logLevel: "none"])
        configuration.diagnosticHandler = { diagnostic in #expect(diagnostic.level == .error) }
        configuration.diagnosticHandler(.exportUnavailable(reason: "r"))
        #expect(configuration.logLevel == .none)
    }

    @Test func whatCodeSetsWins() {
        var configuration = make([.exportInterval: "5000"])
        configuration.exportInterval = .seconds(1)
        #expect(configuration.exportInterval == .seconds(1))
    }
}
