extension EmitterConfiguration {
    /// What could not be used of the environment, and what looks like a mistake among the options
    /// in force, whether the environment or code has set them. No file is read for it.
    public var problems: [ConfigurationProblem] {
        variableProblems + identityProblems + endpointProblems
    }

    /// What is wrong with values of variables.
    private var variableProblems: [ConfigurationProblem] {
        (environmentProblems + hostProblems).map { problem in
            var problem = problem
            problem.stopsSending = lacksEndpoint && problem.variable == unusableEndpointVariable
            return problem
        }
    }

    /// Half a pair of certificate and key (checklist B25).
    private var identityProblems: [ConfigurationProblem] {
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
        if lacksEndpoint, unusableEndpointVariable == nil {
            var problem = ConfigurationProblem(
                variable: "endpoint", value: nil,
                remedy: "it is nil; set an endpoint, such as http://localhost:4318/v1/metrics")
            problem.stopsSending = true
            return [problem]
        }
        guard isSending else { return [] }
        return [("endpoint", endpoint), ("failoverEndpoint", failoverEndpoint)]
            .flatMap { option, endpoint in
                (endpoint?.doubts ?? []).map { doubt in
                    ConfigurationProblem(
                        variable: origin(of: option), value: nil, remedy: doubt, isInForce: true)
                }
            }
    }

    private var isSending: Bool { isExportEnabled && exporter == .otlp && endpoint != nil }

    /// The variable that an option has its value from, else the option's own name.
    private func origin(of option: String) -> String {
        switch effective.first(where: { $0.name == option })?.source {
        case .environment(let variable): variable
        default: option
        }
    }
}

extension Endpoint {
    /// What looks like a mistake: it is reported and not changed, as the specification demands.
    var doubts: [String] {
        var doubts: [String] = []
        if serverPort == 4317 {
            doubts.append("4317 is the port for gRPC, OTLP over HTTP usually has 4318")
        }
        let metrics = Self.metricsPath
        if path.hasSuffix(metrics + metrics) || path.hasSuffix(metrics + metrics + "/") {
            doubts.append(
                "the path is \(path); the general endpoint is a base, to which v1/metrics is"
                    + " appended")
        }
        if ["http", "https"].contains(serverAddress.lowercased()) {
            doubts.append("the host is \(serverAddress): the scheme appears twice")
        }
        if path == "/", unixSocketPath == nil {
            doubts.append("the path is /, a collector takes metrics at /v1/metrics")
        }
        return doubts
    }
}
