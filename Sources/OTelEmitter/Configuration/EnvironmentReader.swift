/// Reads typed values from an environment by the specification's parse rules (checklist D): a pure
/// function of a dictionary that collects the problems it meets.
struct EnvironmentReader {
    private let environment: [String: String]
    private(set) var problems: [ConfigurationProblem] = []

    init(_ environment: [String: String]) {
        self.environment = environment
    }

    /// The value without surrounding white space; nil if unset or empty.
    func text(_ variable: EnvironmentVariable) -> String? {
        guard let value = environment[variable.rawValue] else { return nil }
        let trimmed = value.trimmingWhitespace
        return trimmed.isEmpty ? nil : trimmed
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

    /// A number of milliseconds; a negative or unreadable one is reported and ignored.
    mutating func milliseconds(_ variable: EnvironmentVariable) -> Duration? {
        guard let text = text(variable) else { return nil }
        guard let value = Int32(text), value >= 0 else {
            reject(variable, text, "use whole milliseconds from 0 to \(Int32.max)")
            return nil
        }
        return .milliseconds(value)
    }

    /// One of some words, in any case; an unknown one is reported and ignored.
    mutating func choice<Value>(
        _ variable: EnvironmentVariable, _ choices: KeyValuePairs<String, Value>
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
}

/// A configuration value that could not be used; what is in force instead is the default.
public struct ConfigurationProblem: Sendable, Equatable, CustomStringConvertible {
    /// The environment variable or option.
    public let variable: String
    /// The offending value; nil where it may hold a secret.
    public let value: String?
    /// What would be right.
    public let remedy: String

    public var description: String {
        let shown = value.map { " \"\($0.prefix(200))\"" } ?? ""
        return "The value\(shown) of \(variable) can't be used: \(remedy)."
    }
}

extension String {
    /// The text without spaces and tabs around it.
    var trimmingWhitespace: String {
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        var rest = utf8[...]
        while let first = rest.first, isSpace(first) { rest.removeFirst() }
        while let last = rest.last, isSpace(last) { rest.removeLast() }
        return String(Substring(rest))
    }

    /// The text with `%XX` replaced by the bytes that they name, or nil if one is malformed or the
    /// result is not UTF-8.
    var percentDecoded: String? {
        guard utf8.contains(UInt8(ascii: "%")) else { return self }
        var bytes: [UInt8] = []
        var rest = utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
                let value = UInt8(String(Substring(digits)), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
