internal import Instruments

/// How the values of an option are read from variables, and how they are printed.
struct OptionFormat<Value: Sendable>: Sendable {
    /// The value of a variable; nil if it has none, or one that can't be used.
    let read: @Sendable (inout EnvironmentReader, EnvironmentVariable) -> Value?
    /// What a variable would have to say for a value.
    let notation: @Sendable (Value) -> String
    /// For people to read.
    let text: @Sendable (Value) -> String
    /// What tells values apart where the text leaves something out.
    let exact: @Sendable (Value) -> String
    /// What holds while a variable is unset behind which another one stands.
    let fallback: String

    init(
        read: @escaping @Sendable (inout EnvironmentReader, EnvironmentVariable) -> Value?,
        notation: (@Sendable (Value) -> String)? = nil,
        text: @escaping @Sendable (Value) -> String,
        exact: (@Sendable (Value) -> String)? = nil, fallback: String = "the general variable"
    ) {
        self.read = read
        self.notation = notation ?? text
        self.text = text
        self.exact = exact ?? text
        self.fallback = fallback
    }

    func setting(_ name: String, _ value: Value) -> ConfigurationSetting {
        ConfigurationSetting(name, text(value), exact: exact(value))
    }
}

extension OptionFormat where Value == Bool {
    static let boolean = OptionFormat(read: { $0.boolean($1) }, text: { "\($0)" })

    /// The variable says the opposite, and only `true` says anything.
    static let offIfTrue = OptionFormat(
        read: { $0.boolean($1) == true ? false : nil }, notation: { "\(!$0)" }, text: { "\($0)" })
}

extension OptionFormat where Value == Int {
    /// A number of bytes, at least 1.
    static let bytes = OptionFormat(
        read: { $0.integer($1, in: 1...Int.max, unit: "bytes") }, notation: { "\($0)" },
        text: { "\($0) bytes" })
}

extension OptionFormat where Value == Duration {
    /// At least 1 ms.
    static let interval = time(in: 1...Int(Int32.max))

    /// - Parameter range: of milliseconds.
    static func time(in range: ClosedRange<Int>) -> OptionFormat {
        OptionFormat(
            read: { $0.milliseconds($1, in: range) }, notation: { OptionText.milliseconds($0) },
            text: { OptionText.duration($0) })
    }

    /// A limit in milliseconds, where zero means that there is none.
    static let limit = OptionFormat(
        read: { $0.milliseconds($1) }, notation: { OptionText.milliseconds($0) },
        text: { $0 > .zero ? OptionText.duration($0) : "no limit" })
}

extension OptionFormat where Value == String? {
    /// - Parameters:
    ///   - absent: what is printed where there is no path.
    ///   - notation: what README shows then, if it is something else.
    static func path(orElse absent: String = "none", notation: String? = nil) -> OptionFormat {
        OptionFormat(
            read: { $0.text($1).map(Optional.some) },
            notation: { $0 ?? notation ?? absent }, text: { $0 ?? absent })
    }
}

extension OptionFormat where Value: Equatable {
    /// One of some words.
    static func choice(
        _ words: KeyValuePairs<String, Value>,
        text: @escaping @Sendable (Value) -> String = { "\($0)" }
    ) -> OptionFormat {
        OptionFormat(
            read: { $0.choice($1, words) },
            notation: { value in words.first { $0.value == value }?.key ?? text(value) },
            text: text)
    }
}

extension OptionFormat where Value: RawRepresentable<String> {
    /// A value that variables and people call by its raw value.
    static func rawValue(of values: [Value]) -> OptionFormat {
        OptionFormat(
            read: { reader, variable in
                reader.choice(variable, values.map { ($0.rawValue, $0) })
            }, text: \.rawValue)
    }
}

extension OptionFormat where Value == Aggregation {
    /// The aggregation of histograms; details that are the defaults are not printed.
    static let histogram = choice(
        [
            "explicit_bucket_histogram": .explicitBuckets(),
            "base2_exponential_bucket_histogram": .exponentialBuckets(),
        ],
        text: { aggregation in
            switch aggregation {
            case .explicitBuckets(nil, true): "explicitBuckets"
            case .exponentialBuckets(160, 20, true): "exponentialBuckets"
            default: "\(aggregation)"
            }
        })
}

extension OptionFormat where Value == DiagnosticLevel {
    static let level = choice([
        "none": .none, "error": .error, "warn": .warning, "warning": .warning, "info": .info,
        "debug": .debug, "trace": .trace,
    ])
}
