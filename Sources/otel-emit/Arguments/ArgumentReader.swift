/// Reads the words of a command line one after the other: options with or without a value, and
/// other words.
struct ArgumentReader {
    enum Word: Equatable {
        /// A word that begins with `-` and is not a negative number.
        case option(String)
        case value(String)
    }

    /// The seconds that `--timeout` accepts.
    static let timeoutRange = 0.001...86_400.0

    private var rest: ArraySlice<String>
    /// The option and value of `--option=value`, until the value is read.
    private var attached: (option: String, value: String)?
    private var onlyValues = false

    init(_ words: [String]) {
        rest = words[...]
    }

    /// The next word; nil at the end.
    mutating func next() throws(UsageProblem) -> Word? {
        if let attached { throw UsageProblem("\(attached.option) takes no value") }
        guard let word = rest.popFirst() else { return nil }
        if !onlyValues, word == "--" {
            onlyValues = true
            return try next()
        }
        guard !onlyValues, word.hasPrefix("-"), word != "-", !Self.isNegativeNumber(word) else {
            return .value(word)
        }
        if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
            let option = String(word[..<equals])
            attached = (option, String(word[word.index(after: equals)...]))
            return .option(option)
        }
        return .option(word)
    }

    /// The value of an option that `next` has just given.
    mutating func value(of option: String, _ wanted: String) throws(UsageProblem) -> String {
        if let (_, value) = attached {
            attached = nil
            return value
        }
        guard let word = rest.first, !word.hasPrefix("--") else {
            throw UsageProblem("\(option) needs \(wanted)")
        }
        rest.removeFirst()
        return word
    }

    /// The value of `--timeout`.
    mutating func timeout(_ option: String) throws(UsageProblem) -> Duration {
        let wanted = "a number of seconds from 0.001 to 86400"
        let text = try value(of: option, wanted)
        guard let seconds = NumberText.double(text), Self.timeoutRange.contains(seconds) else {
            throw UsageProblem("\(option) \(text): must be \(wanted)")
        }
        return .seconds(seconds)
    }

    private static func isNegativeNumber(_ word: String) -> Bool {
        guard let second = word.dropFirst().utf8.first else { return false }
        return (0x30...0x39).contains(second) || second == UInt8(ascii: ".")
    }
}
