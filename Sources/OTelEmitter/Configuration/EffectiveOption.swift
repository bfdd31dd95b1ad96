/// One option of an emitter as it is in force.
public struct EffectiveOption: Sendable, Equatable, CustomStringConvertible {
    /// Who has decided.
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

    /// The property of `EmitterConfiguration`, such as `timeout` or `spool.directory`; an attribute
    /// of the resource is `resource.` and its key.
    public let name: String
    /// The value for people to read, on one line, with secrets left out.
    public let value: String
    /// Who has decided.
    public let source: Source

    /// `name = value (source)`
    public var description: String { "\(name) = \(value) (\(source))" }
}

extension EmitterConfiguration {
    /// Every option as it is in force, sorted by name, secrets left out. Code that sets an option
    /// to the value that it had anyway is not seen.
    public var effective: [EffectiveOption] {
        settings.map { setting in
            EffectiveOption(
                name: setting.name, value: setting.shown, source: baseline.source(of: setting))
        }
    }

    /// `effective`, one line each.
    public var effectiveText: String {
        effective.map { "\($0)\n" }.joined()
    }
}

/// An option's name and value.
struct ConfigurationSetting {
    let name: String
    /// Without secrets, on one line.
    let shown: String
    /// By what a change is noticed; may hold secrets.
    let exact: String

    init(_ name: String, _ value: String, exact: String? = nil) {
        self.name = name
        shown = value.onOneLine
        self.exact = exact ?? value
    }
}

/// What the options were before code could change them, so that it can be told who has decided.
struct ConfigurationBaseline: Sendable {
    private var values: [String: String] = [:]
    private var sources: [String: EnvironmentVariable] = [:]

    init() {}

    init(_ settings: [ConfigurationSetting], _ sources: [String: EnvironmentVariable]) {
        self.sources = sources
        for setting in settings { values[setting.name] = setting.exact }
    }

    func source(of setting: ConfigurationSetting) -> EffectiveOption.Source {
        guard values[setting.name] == setting.exact else { return .code }
        return sources[setting.name].map { .environment($0.rawValue) } ?? .standard
    }
}
