/// Rules that are evaluated together, in their order.
struct RuleGroup {
    let name: String
    let rules: [Rule]
}

enum Rule {
    case recording(Recording)
    case alert(Alert)
}

/// An alert.
struct Alert {
    enum Severity: String {
        /// The node does not do its work, or loses data: somebody has to act now.
        case critical
        /// The node will not do its work for much longer: somebody has to look today.
        case warning
    }

    let name: String
    let severity: Severity
    let query: Query
    /// How long the query has to have a result before the alert fires, in minutes; 0 for at once.
    let minutes: Int
    /// One line. Its templates may use labels of the query.
    let summary: String
    /// What the alert means, with the value.
    let description: String

    init(
        _ name: String, _ severity: Severity, forMinutes minutes: Int, _ summary: String,
        _ description: String, _ query: Query
    ) {
        self.name = name
        self.severity = severity
        self.query = query
        self.minutes = minutes
        self.summary = summary
        self.description = description
    }

    /// The section of the runbook, as a link within the repository.
    var runbook: String { "Documentation/runbook.md#\(name.lowercased())" }
}
