import Instruments
import OTelEmitter
import Testing

@testable import RPPTelemetry

@Suite struct NodeTelemetryConfigurationTests {
    private func make(_ environment: [String: String]) -> NodeTelemetryConfiguration {
        NodeTelemetryConfiguration(mode: .hybrid, version: "1.2.3", environment: environment)
    }

    private func attribute(_ key: String, _ configuration: NodeTelemetryConfiguration)
        -> AttributeValue?
    {
        configuration.emitter.resource.attributes[key]
    }

    @Test func withoutVariablesTheDefaultsHold() {
        let configuration = make([:])
        let standard = EmitterConfiguration(environment: [:])
        #expect(configuration.worker == nil)
        #expect(configuration.emitter.endpoint == standard.endpoint)
        #expect(configuration.emitter.failoverEndpoint == nil)
        #expect(configuration.emitter.timeout == standard.timeout)
        #expect(configuration.emitter.headers == [] && configuration.emitter.problems == [])
        for (key, value) in [
            ("service.name", "rpp"), ("service.namespace", "rpp"), ("service.version", "1.2.3"),
            ("rpp.mode", "hybrid"),
        ] {
            #expect(attribute(key, configuration) == .string(value), "\(key)")
        }
        #expect(attribute("service.instance.id", configuration) != nil)
        #expect(attribute("telemetry.sdk.language", configuration) == "swift")
    }

    @Test func aNodesVariableBeatsItsTwin() throws {
        let configuration = make([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://otel:4318",
            "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": "http://otel:4318/x",
            "OTEL_EXPORTER_OTLP_HEADERS": "authorization=Basic%20b3RlbA==,x-tenant=7",
            "OTEL_EXPORTER_OTLP_TIMEOUT": "7000",
            "OTEL_SWIFT_FAILOVER_ENDPOINT": "http://otel:4319/x",
            "OTEL_RESOURCE_ATTRIBUTES": "service.instance.id=otel",
            "RPP_NODE_OTLP_HTTP_ENDPOINT": " http://rpp:4318/v1/metrics ",
            "RPP_NODE_OTLP_SECONDARY_HTTP_ENDPOINT": "https://second:4318/v1/metrics",
            "RPP_NODE_OTLP_AUTH_TOKEN": "t0k3n", "RPP_NODE_OTLP_TIMEOUT_MS": "250",
            "RPP_INSTANCE_ID": "validator-7",
        ])
        let emitter = configuration.emitter
        #expect(emitter.endpoint == Endpoint(exactly: "http://rpp:4318/v1/metrics"))
        #expect(emitter.failoverEndpoint == Endpoint(exactly: "https://second:4318/v1/metrics"))
        #expect(
            emitter.headers
                == [HTTPHeader("x-tenant", "7"), HTTPHeader("Authorization", "Bearer t0k3n")])
        #expect(emitter.timeout == .milliseconds(250))
        #expect(attribute("service.instance.id", configuration) == "validator-7")
        #expect(emitter.problems == [])
        #expect(!emitter.effectiveText.contains("t0k3n"))
    }

    /// What operators say of the resource by OpenTelemetry's variables holds.
    @Test func theResourceOfTheEnvironmentStays() {
        let configuration = make([
            "OTEL_SERVICE_NAME": "mine",
            "OTEL_RESOURCE_ATTRIBUTES":
                "service.version=9,rpp.mode=test,deployment.environment.name=x",
        ])
        for (key, value) in [
            ("service.name", "mine"), ("service.namespace", "rpp"), ("service.version", "9"),
            ("rpp.mode", "hybrid"), ("deployment.environment.name", "x"),
        ] {
            #expect(attribute(key, configuration) == .string(value), "\(key)")
        }
    }

    @Test func theWorkerHasVariablesOfItsOwn() throws {
        let configuration = make([
            "OTEL_EXPORTER_OTLP_CERTIFICATE": "/ca.pem",
            "RPP_TELEMETRY_ENDPOINT": "https://telemetry.test/node?x=1",
            "RPP_TELEMETRY_INTERVAL_MS": "1500", "RPP_TELEMETRY_AUTH_TOKEN": "w0rk3r",
        ])
        let worker = try #require(configuration.worker)
        #expect(worker.endpoint == Endpoint(exactly: "https://telemetry.test/node?x=1"))
        #expect(worker.interval == .milliseconds(1500))
        #expect(worker.headers == [HTTPHeader("Authorization", "Bearer w0rk3r")])
        #expect(worker.tls.authoritiesPath == "/ca.pem")
        #expect(configuration.emitter.headers == [])
        #expect(make(["RPP_TELEMETRY_ENDPOINT": "http://t/"]).worker?.interval == .seconds(5))
    }

    @Test(arguments: [
        ("RPP_NODE_OTLP_HTTP_ENDPOINT", "collector:4318", false),
        ("RPP_NODE_OTLP_SECONDARY_HTTP_ENDPOINT", "ftp://u:s3cr3t@c/", false),
        ("RPP_NODE_OTLP_AUTH_TOKEN", "s3cr3t\u{1}", false),
        ("RPP_NODE_OTLP_TIMEOUT_MS", "10s", true), ("RPP_NODE_OTLP_TIMEOUT_MS", "-1", true),
        ("RPP_TELEMETRY_INTERVAL_MS", "0", true),
        ("RPP_TELEMETRY_AUTH_TOKEN", "s3cr3t\r\nx", false),
        ("RPP_TELEMETRY_ENDPOINT", "//x", false),
    ])
    func whatCanNotBeUsedIsReportedAndIgnored(variable: String, value: String, isShown: Bool) {
        var environment = [
            "RPP_TELEMETRY_ENDPOINT": "http://t/", "OTEL_EXPORTER_OTLP_TIMEOUT": "7000",
        ]
        environment[variable] = value
        let configuration = make(environment)
        let problems = configuration.emitter.problems
        #expect(problems.map(\.variable) == [variable], "\(problems)")
        #expect(problems.first?.value == (isShown ? value : nil))
        #expect(!"\(problems)".contains("s3cr3t"))
        #expect(configuration.emitter.timeout == .seconds(7))
        let isNamed = variable == "RPP_NODE_OTLP_HTTP_ENDPOINT"
        #expect(configuration.emitter.endpoint == (isNamed ? nil : .standard))
        #expect(problems.map(\.stopsSending) == [isNamed])
        #expect((configuration.worker == nil) == (variable == "RPP_TELEMETRY_ENDPOINT"))
        #expect(configuration.worker?.interval ?? .seconds(5) == .seconds(5))
    }

    /// The twins name places that work, and none of them is spoken to.
    @Test func anEndpointThatCanNotBeUsedIsNotReplacedByItsTwin() {
        let twins = [
            "OTEL_EXPORTER_OTLP_ENDPOINT": "http://otel:4318",
            "OTEL_SWIFT_FAILOVER_ENDPOINT": "http://otel:4319/x",
        ]
        let mistyped = "https://rpp.example:443O/v1/metrics"
        let first = make(twins.merging(["RPP_NODE_OTLP_HTTP_ENDPOINT": mistyped]) { $1 }).emitter
        #expect(first.lacksEndpoint && first.endpoints.isEmpty)
        #expect(first.effectiveText.contains("the value of RPP_NODE_OTLP_HTTP_ENDPOINT"))
        #expect("\(first.problems)".contains("use a port from 1 to 65535"))
        let second = make(
            twins.merging(["RPP_NODE_OTLP_SECONDARY_HTTP_ENDPOINT": mistyped]) { $1 }
        ).emitter
        #expect(second.endpoints.map(\.description) == ["http://otel:4318/v1/metrics"])
    }

    @Test func aNodesEndpointIsUsedWhateverItsTwinSays() {
        let emitter = make([
            "OTEL_EXPORTER_OTLP_ENDPOINT": "https://otel.example:443O",
            "RPP_NODE_OTLP_HTTP_ENDPOINT": "http://rpp:4318/v1/metrics",
        ]).emitter
        #expect(emitter.endpoints.map(\.description) == ["http://rpp:4318/v1/metrics"])
        #expect(emitter.problems.map(\.stopsSending) == [false])
    }

    @Test func emptyVariablesAreUnset() {
        let all = NodeVariable.allCases.map { ($0.rawValue, " ") }
        let configuration = make(Dictionary(uniqueKeysWithValues: all))
        #expect(configuration.emitter.problems == [] && configuration.worker == nil)
    }
}
