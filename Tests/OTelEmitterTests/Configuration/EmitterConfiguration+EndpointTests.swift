import Testing

@testable import OTelEmitter

@Suite struct EmitterConfigurationEndpointTests {
    private func make(_ environment: [EnvironmentVariable: String]) -> EmitterConfiguration {
        EmitterConfiguration(
            environment: Dictionary(
                uniqueKeysWithValues: environment.map { ($0.key.rawValue, $0.value) }))
    }

    // MARK: Endpoints

    @Test func theEndpointMayBeASocket() {
        let base = make([.endpoint: "unix:///run/otel.sock"])
        #expect(base.endpoint?.unixSocketPath == "/run/otel.sock")
        #expect(base.endpoint?.url == "http://localhost/v1/metrics")
        let exact = make([.metricsEndpoint: "unix:/run/otel.sock:/x"])
        #expect(exact.endpoint?.url == "http://localhost/x")
        #expect(base.problems.isEmpty && exact.problems.isEmpty)
    }

    @Test(arguments: [
        ("localhost:4318", "begin with http://"), ("grpc://c:4317", "scheme"),
        ("http://", "host"), ("http://c:99999", "port"), ("http://c/a b", "percent-encoded"),
        ("unix:run/otel.sock", "absolute path"),
    ])
    func aTextThatIsNoEndpointIsReportedWithWhatIsWrong(text: String, part: String) {
        for variable in [EnvironmentVariable.endpoint, .metricsEndpoint, .failoverEndpoint] {
            let isSecond = variable == .failoverEndpoint
            let configuration = make([variable: text])
            #expect(configuration.endpoint == (isSecond ? .standard : nil))
            #expect(configuration.failoverEndpoint == nil)
            #expect(configuration.problems.map(\.variable) == [variable.rawValue])
            #expect(configuration.problems.map(\.stopsSending) == [!isSecond])
            let told = configuration.problems.first
            #expect(told?.description.contains(part) == true, "\(told?.description ?? "nothing")")
            #expect(told?.value == nil)
        }
    }

    private static let mistyped = "https://collector.example:443O"

    /// The other variables name places that work, and none of them is spoken to.
    @Test(arguments: [
        [EnvironmentVariable.metricsEndpoint: mistyped, .endpoint: "http://a"],
        [.metricsEndpoint: mistyped, .failoverEndpoint: "http://b/v1/metrics"],
        [.endpoint: mistyped, .failoverEndpoint: "http://b/v1/metrics"],
        [.endpoint: mistyped, .metricsEndpoint: " "],
    ])
    func anEndpointThatCanNotBeUsedIsNotReplacedByAnotherOne(
        environment: [EnvironmentVariable: String]
    ) {
        let configuration = make(environment)
        #expect(configuration.lacksEndpoint)
        #expect(configuration.endpoints.isEmpty)
        #expect(configuration.problems.map(\.stopsSending) == [true])
    }

    @Test func anEndpointThatCodeNamesIsUsedWhateverTheVariableSays() {
        var configuration = make([.endpoint: Self.mistyped])
        configuration.endpoint = .standard
        #expect(!configuration.lacksEndpoint)
        #expect(configuration.endpoints == [.standard])
        #expect(configuration.problems.map(\.variable) == ["OTEL_EXPORTER_OTLP_ENDPOINT"])
        #expect(configuration.problems.map(\.stopsSending) == [false])
    }

    /// So that a text which code has from elsewhere can be set without a look at it.
    @Test func anEndpointThatCodeCanNotNameIsNotReplacedEither() {
        var configuration = make([.endpoint: "http://a", .failoverEndpoint: "http://b/x"])
        configuration.endpoint = Endpoint(base: Self.mistyped)
        #expect(configuration.lacksEndpoint)
        #expect(configuration.endpoints.isEmpty)
        #expect(configuration.problems.map(\.variable) == ["endpoint"])
        #expect(configuration.problems.map(\.stopsSending) == [true])
    }

    @Test func whereNothingIsSentNoEndpointIsMissed() {
        for exporter in ["console", "otlp/stdout", "none"] {
            let configuration = make([.endpoint: Self.mistyped, .metricsExporter: exporter])
            #expect(!configuration.lacksEndpoint)
            #expect(configuration.problems.map(\.stopsSending) == [false])
        }
    }

    @Test func theFailoverEndpointFollowsTheFirstOne() {
        let configuration = make([.endpoint: "http://a", .failoverEndpoint: "http://b/x"])
        #expect(
            configuration.endpoints.map(\.description) == ["http://a/v1/metrics", "http://b/x"])
        let bad = make([.endpoint: "http://a", .failoverEndpoint: Self.mistyped])
        #expect(bad.endpoints.map(\.description) == ["http://a/v1/metrics"])
    }

    @Test func theFailoverEndpointIsUsedAsItIs() {
        let configuration = make([.failoverEndpoint: "https://b/v1/metrics"])
        #expect(configuration.failoverEndpoint?.url == "https://b/v1/metrics")
        #expect(configuration.endpoint == .standard)
        #expect(make([.failoverEndpoint: ""]).failoverEndpoint == nil)
    }

    // MARK: Certificates

    @Test func certificatesArePathsAndTheMetricsVariableBeatsTheGeneralOne() {
        let general = make([
            .certificate: "ca.pem", .clientCertificate: "c.pem", .clientKey: " k.pem ",
        ])
        #expect(general.tls.authoritiesPath == "ca.pem")
        #expect(general.tls.clientCertificatePath == "c.pem")
        #expect(general.tls.clientKeyPath == "k.pem")
        let both = make([
            .certificate: "ca.pem", .metricsCertificate: "ca2.pem", .clientCertificate: "c.pem",
            .metricsClientCertificate: "c2.pem", .clientKey: "k.pem", .metricsClientKey: "k2.pem",
        ])
        #expect(both.tls.authoritiesPath == "ca2.pem")
        #expect(both.tls.clientIdentity?.certificatePath == "c2.pem")
        #expect(both.tls.clientIdentity?.keyPath == "k2.pem")
        let mixed = make([.clientCertificate: "c", .clientKey: "k", .metricsClientKey: "k2"])
        #expect(mixed.tls.clientCertificatePath == "c")
        #expect(mixed.tls.clientKeyPath == "k2")
        for one in [general, both, mixed] { #expect(one.problems.isEmpty) }
    }

    /// Files are read by the emitter's thread only, when it connects.
    @Test func certificatesThatDoNotExistAreNoFaultOfTheConfiguration() {
        let configuration = make([
            .certificate: "missing/ca.pem", .clientCertificate: "missing/c.pem",
            .clientKey: "missing/k.pem",
        ])
        #expect(configuration.problems.isEmpty)
    }

    @Test(arguments: [
        ("true", "https://c", 1), ("TRUE", "https://c", 1), ("true", "http://c", 0),
        ("false", "https://c", 0), ("", "https://c", 0), ("1", "https://c", 1),
    ])
    func insecureIsIgnoredAndReportedWhereItWouldChangeSomething(
        value: String, endpoint: String, problems: Int
    ) {
        for variable in [EnvironmentVariable.insecure, .metricsInsecure] {
            let configuration = make([variable: value, .endpoint: endpoint])
            #expect(
                configuration.problems.map(\.variable)
                    == Array(repeating: variable.rawValue, count: problems))
            #expect(configuration.endpoint?.isEncrypted == endpoint.hasPrefix("https"))
        }
    }

    @Test func insecureForMetricsBeatsTheGeneralOne() {
        let configuration = make([
            .insecure: "true", .metricsInsecure: "false", .endpoint: "https://c",
        ])
        #expect(configuration.problems.isEmpty)
    }
}
