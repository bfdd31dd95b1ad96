/// Looks through a configuration for mistakes. No file is read for it.
struct ConfigurationReview {
    let configuration: EmitterConfiguration

    /// What looks like a mistake among the options in force, whether the environment or code has
    /// set them.
    var problems: [ConfigurationProblem] { identityProblems + endpointProblems }

    /// What was found while variables were read; whether nothing is sent because of it depends on
    /// what code has set since.
    func marked(_ problems: [ConfigurationProblem]) -> [ConfigurationProblem] {
        problems.map { problem in
            var problem = problem
            problem.stopsSending =
                configuration.lacksEndpoint
                && problem.variable == configuration.unusableEndpointVariable
            return problem
        }
    }

    /// A certificate without its key, or a key without its certificate.
    private var identityProblems: [ConfigurationProblem] {
        let tls = configuration.tls
        let (certificate, key) = (tls.clientCertificatePath, tls.clientKeyPath)
        guard isSending, (certificate == nil) != (key == nil) else { return [] }
        let set = certificate == nil ? "tls.clientKeyPath" : "tls.clientCertificatePath"
        let missing = certificate == nil ? "certificate" : "key"
        return [
            ConfigurationProblem(
                variable: origin(of: set), value: nil,
                remedy: "the client \(missing) is not set, so the file has to hold it, too; if it"
                    + " does, name it twice",
                isInForce: true)
        ]
    }

    private var endpointProblems: [ConfigurationProblem] {
        if configuration.lacksEndpoint, configuration.unusableEndpointVariable == nil {
            var problem = ConfigurationProblem(
                variable: "endpoint", value: nil,
                remedy: "it is nil; set an endpoint, such as http://localhost:4318/v1/metrics")
            problem.stopsSending = true
            return [problem]
        }
        guard isSending else { return [] }
        return [
            ("endpoint", configuration.endpoint),
            ("failoverEndpoint", configuration.failoverEndpoint),
        ].flatMap { option, endpoint in
            (endpoint.map(Self.doubts) ?? []).map { doubt in
                ConfigurationProblem(
                    variable: origin(of: option), value: nil, remedy: doubt, isInForce: true)
            }
        }
    }

    private var isSending: Bool {
        configuration.isExportEnabled && configuration.exporter == .otlp
            && configuration.endpoint != nil
    }

    /// The variable that has set an option, else the option's own name.
    private func origin(of option: String) -> String {
        switch configuration.effective.first(where: { $0.name == option })?.source {
        case .environment(let variable): variable
        default: option
        }
    }

    /// What looks like a mistake in an endpoint: the specification demands that it is used as it
    /// is.
    private static func doubts(_ endpoint: Endpoint) -> [String] {
        var doubts: [String] = []
        if endpoint.serverPort == 4317 {
            doubts.append("4317 is the port for gRPC, OTLP over HTTP usually has 4318")
        }
        let metrics = Endpoint.metricsPath
        let path = endpoint.path
        if path.hasSuffix(metrics + metrics) || path.hasSuffix(metrics + metrics + "/") {
            doubts.append(
                "the path is \(path); the general endpoint is a base, to which v1/metrics is"
                    + " appended")
        }
        if ["http", "https"].contains(endpoint.serverAddress.lowercased()) {
            doubts.append("the host is \(endpoint.serverAddress): the scheme appears twice")
        }
        if path == "/", endpoint.unixSocketPath == nil {
            doubts.append("the path is /, a collector takes metrics at /v1/metrics")
        }
        return doubts
    }
}
