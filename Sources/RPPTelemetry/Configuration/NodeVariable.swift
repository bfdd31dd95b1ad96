internal import OTelEmitter

/// The environment variables of a node, in addition to those of OpenTelemetry
/// (`Documentation/node-contract.md`, section 8).
enum NodeVariable: String, CaseIterable {
    /// The full URL that metrics are sent to.
    case endpoint = "RPP_NODE_OTLP_HTTP_ENDPOINT"
    /// The full URL that is used while the first one fails.
    case secondaryEndpoint = "RPP_NODE_OTLP_SECONDARY_HTTP_ENDPOINT"
    /// The bearer token for both endpoints.
    case token = "RPP_NODE_OTLP_AUTH_TOKEN"
    case timeout = "RPP_NODE_OTLP_TIMEOUT_MS"
    /// `service.instance.id`
    case instanceID = "RPP_INSTANCE_ID"
    /// The full URL that snapshots are sent to.
    case workerEndpoint = "RPP_TELEMETRY_ENDPOINT"
    case workerInterval = "RPP_TELEMETRY_INTERVAL_MS"
    /// The bearer token for the snapshots.
    case workerToken = "RPP_TELEMETRY_AUTH_TOKEN"
}

/// Reads typed values of a node's variables by the rules of OpenTelemetry's variables: an empty
/// value counts as unset, and a value that can't be used is reported and ignored.
struct NodeVariableReader {
    private let environment: [String: String]
    private(set) var problems: [ConfigurationProblem] = []

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The value without surrounding white space; nil if it is unset or empty.
    func text(_ variable: NodeVariable) -> String? {
        let trimmed = environment[variable.rawValue]?.trimmingWhitespace ?? ""
        return trimmed.isEmpty ? nil : trimmed
    }

    mutating func milliseconds(_ variable: NodeVariable, in range: ClosedRange<Int>) -> Duration? {
        guard let text = text(variable) else { return nil }
        guard text.hasOnlyDigits, let value = Int(text), range.contains(value) else {
            reject(
                variable, text,
                "use whole milliseconds from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return .milliseconds(value)
    }

    /// A URL that can't be used is not shown, because it may contain credentials.
    mutating func endpoint(_ variable: NodeVariable) -> Endpoint? {
        guard let text = text(variable) else { return nil }
        if let endpoint = Endpoint(exactly: text) { return endpoint }
        reject(variable, nil, Endpoint.remedy(for: text))
        return nil
    }

    /// The header with a token. The token is never shown.
    mutating func authorization(_ variable: NodeVariable) -> HTTPHeader? {
        guard let text = text(variable) else { return nil }
        if let header = HTTPHeader("Authorization", "Bearer " + text) { return header }
        reject(variable, nil, "a token has no control characters")
        return nil
    }

    private mutating func reject(_ variable: NodeVariable, _ text: String?, _ remedy: String) {
        problems.append(
            ConfigurationProblem(variable: variable.rawValue, value: text, remedy: remedy))
    }
}
