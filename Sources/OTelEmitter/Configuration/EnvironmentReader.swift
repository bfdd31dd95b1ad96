/// Reads typed values from an environment by the specification's rules, and collects the problems
/// that it meets and where values come from.
struct EnvironmentReader {
    private let environment: [String: String]
    private(set) var problems: [ConfigurationProblem] = []
    /// The variable that an option has its value from, by the option's name.
    private(set) var sources: [String: EnvironmentVariable] = [:]
    /// Whether no other variable may be read.
    private(set) var isStopped = false

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The value that the first of some variables gives to an option; nil if none does. The
    /// variables after it are not looked at, since their values may be meant for another signal.
    mutating func first<Value>(
        _ option: String, _ variables: [EnvironmentVariable],
        read: (inout EnvironmentReader, EnvironmentVariable) -> Value?
    ) -> Value? {
        for variable in variables {
            if let value = read(&self, variable) {
                note(option, variable)
                return value
            }
        }
        return nil
    }

    /// Lets no other variable be read.
    mutating func stop() {
        isStopped = true
    }

    /// Records that an option has its value from a variable.
    mutating func note(_ option: String, _ variable: EnvironmentVariable) {
        sources[option] = variable
    }

    /// The value without surrounding white space; nil if unset or empty.
    func text(_ variable: EnvironmentVariable) -> String? {
        guard let value = environment[variable.rawValue] else { return nil }
        let trimmed = value.trimmingWhitespace
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Comma-separated words, without those that are empty.
    func list(_ variable: EnvironmentVariable) -> [String] {
        (text(variable) ?? "").split(separator: ",").map { String($0).trimmingWhitespace }
            .filter { !$0.isEmpty }
    }

    /// True only for `true` in any case; anything but `true` and `false` is reported.
    mutating func boolean(_ variable: EnvironmentVariable) -> Bool? {
        guard let text = text(variable) else { return nil }
        let value = text.lowercased()
        if value != "true", value != "false" {
            reject(variable, text, "use true or false; it is taken as false")
        }
        return value == "true"
    }

    /// A whole number within bounds, digits alone; any other value is reported and ignored.
    mutating func integer(
        _ variable: EnvironmentVariable, in range: ClosedRange<Int>, unit: String
    ) -> Int? {
        guard let text = text(variable) else { return nil }
        guard text.hasOnlyDigits, let value = Int(text), range.contains(value) else {
            reject(
                variable, text, "use whole \(unit) from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// A number of milliseconds; a negative or unreadable one is reported and ignored.
    mutating func milliseconds(
        _ variable: EnvironmentVariable, in range: ClosedRange<Int> = 0...Int(Int32.max)
    ) -> Duration? {
        integer(variable, in: range, unit: "milliseconds").map { .milliseconds($0) }
    }

    /// One of some words, in any case; an unknown one is reported and ignored.
    mutating func choice<Value>(
        _ variable: EnvironmentVariable, _ choices: some Collection<(key: String, value: Value)>
    ) -> Value? {
        guard let text = text(variable) else { return nil }
        let wanted = text.lowercased()
        if let found = choices.first(where: { $0.key == wanted }) { return found.value }
        reject(variable, text, "use \(choices.map(\.key).joined(separator: " or "))")
        return nil
    }

    /// Records that a value can't be used.
    ///
    /// - Parameter text: the value as the user wrote it; nil where it may hold a secret.
    mutating func reject(_ variable: EnvironmentVariable, _ text: String?, _ remedy: String) {
        problems.append(
            ConfigurationProblem(variable: variable.rawValue, value: text, remedy: remedy))
    }

    /// Records that a value is in force, but looks like a mistake.
    mutating func doubt(_ variable: EnvironmentVariable, _ reason: String) {
        problems.append(
            ConfigurationProblem(
                variable: variable.rawValue, value: nil, remedy: reason, isInForce: true))
    }
}
