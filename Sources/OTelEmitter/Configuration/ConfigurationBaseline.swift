/// What the environment has made of the options, before code could change them.
struct ConfigurationBaseline: Sendable {
    /// What could not be used of the environment, or looked wrong there.
    let problems: [ConfigurationProblem]
    private let values: [String: String]
    private let variables: [String: EnvironmentVariable]

    /// Nothing was read.
    init() {
        problems = []
        values = [:]
        variables = [:]
    }

    /// - Parameter settings: all options as they are after the reader has read its environment.
    init(_ settings: [ConfigurationSetting], _ reader: EnvironmentReader) {
        problems = reader.problems
        values = Dictionary(settings.map { ($0.name, $0.exact) }) { $1 }
        variables = reader.sources
    }

    /// Who has decided on a value that is in force now.
    func source(of setting: ConfigurationSetting) -> EffectiveOption.Source {
        guard values[setting.name] == setting.exact else { return .code }
        return variables[setting.name].map { .environment($0.rawValue) } ?? .standard
    }
}
