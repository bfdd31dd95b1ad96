/// A configuration value that could not be used, or one that looks like a mistake.
public struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// The environment variable or option.
    public let variable: String
    /// The value in question, or nil if it may hold a secret.
    public let value: String?
    /// What would be right.
    public let remedy: String
    /// Whether the value is used all the same. If not, the default applies instead, except for an
    /// endpoint, which is not replaced.
    public var isInForce = false
    /// Whether nothing is sent because of this problem.
    public var stopsSending = false

    package init(variable: String, value: String?, remedy: String, isInForce: Bool = false) {
        self.variable = variable
        self.value = value
        self.remedy = remedy
        self.isInForce = isInForce
    }

    public var description: String {
        if isInForce { return "\(variable) looks wrong: \(remedy)." }
        let shown = value.map { " \"\($0.prefix(200))\"" } ?? ""
        let effect = stopsSending ? " Until then nothing is sent; recording goes on." : ""
        return "The value\(shown) of \(variable) can't be used: \(remedy).\(effect)"
    }
}
