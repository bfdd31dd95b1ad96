/// An option of an emitter as it is in force.
public struct EffectiveOption: Sendable, Equatable, CustomStringConvertible {
    /// Where a value comes from.
    public enum Source: Sendable, Hashable, CustomStringConvertible {
        /// Nobody: it is the default.
        case standard
        /// An environment variable, by name.
        case environment(String)
        /// The program.
        case code

        /// `default`, the variable's name, or `code`.
        public var description: String {
            switch self {
            case .standard: "default"
            case .environment(let variable): variable
            case .code: "code"
            }
        }
    }

    /// The property of `EmitterConfiguration`, such as `timeout` or `spool.directory`; for an
    /// attribute of the resource, `resource.` and its key.
    public let name: String
    /// The value for people to read, on one line and without secrets.
    public let value: String
    /// Who has decided.
    public let source: Source

    /// `name = value (source)`
    public var description: String { "\(name) = \(value) (\(source))" }
}
