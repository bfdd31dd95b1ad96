import Testing

@testable import OTelEmitter

@Suite struct EmitterConfigurationProblemsTests {
    private func make(_ environment: [EnvironmentVariable: String]) -> EmitterConfiguration {
        EmitterConfiguration(
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ($0.key.rawValue, $0.value) }))
    }

    // MARK: Half a pair

    @Test(arguments: [
        (EnvironmentVariable.clientCertificate, "key"), (.metricsClientCertificate, "key"),
        (.clientKey, "certificate"), (.metricsClientKey, "certificate"),
    ])
    func halfAPairIsReported(variable: EnvironmentVariable, missing: String) {
        let configuration = make([variable: "half.pem"])
        #expect(configuration.problems.map(\.isInForce) == [true])
        #expect(configuration.problems.map(\.variable) == [variable.rawValue])
        let told = configuration.problems.first?.description
        #expect(told?.contains("the client \(missing) is not set") == true, "\(told ?? "")")
    }

    @Test func halfAPairSetByCodeIsReportedUnderTheOptionsName() {
        var configuration = make([:])
        configuration.tls.clientKeyPath = "key.pem"
        #expect(configuration.problems.map(\.variable) == ["tls.clientKeyPath"])
        configuration.tls.clientCertificatePath = "certificate.pem"
        #expect(configuration.problems.isEmpty)
    }

    // MARK: Endpoints that look wrong

    @Test(arguments: [
        (EnvironmentVariable.endpoint, "http://c:4318/v1/metrics", "v1/metrics is appended"),
        (.endpoint, "http://c:4318/v1/metrics/", "v1/metrics is appended"),
        (.metricsEndpoint, "http://c:4318/v1/metrics/v1/metrics", "v1/metrics is appended"),
        (.failoverEndpoint, "http://c/v1/metrics/v1/metrics/", "v1/metrics is appended"),
        (.metricsEndpoint, "http://https://c", "the scheme appears twice"),
        (.endpoint, "http://c:4317", "4317 is the port for gRPC"),
        (.metricsEndpoint, "https://c:4317/v1/metrics", "4317 is the port for gRPC"),
        (.metricsEndpoint, "http://c:4318", "the path is /"),
        (.failoverEndpoint, "http://c:4318/", "the path is /"),
    ])
    func aLikelyMistakeIsReportedAndLeftAsItIs(
        variable: EnvironmentVariable, text: String, part: String
    ) {
        let configuration = make([variable: text])
        let problem = configuration.problems.first
        #expect(configuration.problems.count == 1)
        #expect(problem?.variable == variable.rawValue)
        #expect(problem?.isInForce == true)
        #expect(problem?.description.contains(part) == true, "\(problem?.description ?? "")")
        let expected =
            variable == .endpoint ? Endpoint(base: text) : Endpoint(exactly: text)
        let used =
            variable == .failoverEndpoint ? configuration.failoverEndpoint : configuration.endpoint
        #expect(used == expected)
    }

    @Test(arguments: [
        "http://c:4318/v1/metrics", "http://c/custom", "http://c/v1/metrics/x",
        "unix:///run/s:/", "http://c:43170/x", "https://c/v1/metrics/",
    ])
    func whatMayBeMeantIsNotReported(text: String) {
        #expect(make([.metricsEndpoint: text]).problems.isEmpty)
    }

    @Test func anEndpointSetByCodeIsReportedUnderTheOptionsName() {
        var configuration = make([.endpoint: "http://c:4317"])
        #expect(configuration.problems.map(\.variable) == ["OTEL_EXPORTER_OTLP_ENDPOINT"])
        configuration.endpoint = Endpoint(exactly: "http://d:4317/x") ?? .standard
        #expect(configuration.problems.map(\.variable) == ["endpoint"])
        configuration.endpoint = .standard
        #expect(configuration.problems.isEmpty)
    }

    @Test func whatIsNotUsedIsNotReported() {
        let wrong: [EnvironmentVariable: String] = [
            .endpoint: "http://c:4317", .clientKey: "k",
        ]
        let exporters = ["console", "otlp/stdout", "none"]
        for exporter in exporters {
            let configuration = make(wrong.merging([.metricsExporter: exporter]) { $1 })
            #expect(configuration.problems.isEmpty)
        }
        #expect(make(wrong.merging([.sdkDisabled: "true"]) { $1 }).problems.isEmpty)
        #expect(make(wrong).problems.count == 2)
    }
}
