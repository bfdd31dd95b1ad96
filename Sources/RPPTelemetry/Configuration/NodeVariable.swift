internal import OTelEmitter

/// The environment variables of a node, beside those of OpenTelemetry (contract, section 8).
enum NodeVariable: String, CaseIterable {
    /// Full URL that metrics go to.
    case endpoint = "RPP_NODE_OTLP_HTTP_ENDPOINT"
    /// Full URL that is used while the first fails.
    case secondaryEndpoint = "RPP_NODE_OTLP_SECONDARY_HTTP_ENDPOINT"
    /// Bearer token for both.
    case token = "RPP_NODE_OTLP_AUTH_TOKEN"
    case timeout = "RPP_NODE_OTLP_TIMEOUT_MS"
    /// `service.instance.id`
    case instanceID = "RPP_INSTANCE_ID"
    /// Full URL that snapshots go to.
    case workerEndpoint = "RPP_TELEMETRY_ENDPOINT"
    case workerInterval = "RPP_TELEMETRY_INTERVAL_MS"
    /// Bearer token for the snapshots.
    case workerToken = "RPP_TELEMETRY_AUTH_TOKEN"
}

/// Reads typed values of a node's variables by the rules that hold for OpenTelemetry's: an empty
/// value is unset, one that can't be used is reported and ignored.
struct NodeVariableReader {
    private let environment: [String: String]
    private(set) var problems: [ConfigurationProblem] = []

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The value without surrounding white space; nil if unset or empty.
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

    /// A URL that can't be used is not shown: it may hold credentials.
    mutating func endpoint(_ variable: NodeVariable) -> Endpoint? {
        guard let text = text(variable) else { return nil }
        if let endpoint = Endpoint(exactly: text) { return endpoint }
        reject(variable, nil, Endpoint.remedy(for: text))
        return nil
    }

    /// The header of a token, which is never shown.
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
