/// A UCUM unit in the words of Prometheus (specification: Prometheus compatibility, *Metric
/// Metadata*).
struct PrometheusUnit: Equatable {
    /// For `By/s` this is `bytes`. Empty if there is none.
    let main: String
    /// For `By/s` this is `second`. Empty if there is none.
    let rate: String

    /// - Parameter unit: a UCUM unit. Text in braces is an annotation and not part of the unit.
    init(_ unit: String) {
        let parts = unit.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        main = Self.word(parts.first, Self.words)
        rate = Self.word(parts.dropFirst().first, Self.singulars)
    }

    /// The suffix of a name, without the `_` before it. Empty if there is none.
    var suffix: String {
        [main, rate.isEmpty ? "" : "per_" + rate].filter { !$0.isEmpty }.joined(separator: "_")
    }

    private static func word(_ part: Substring?, _ words: [String: String]) -> String {
        guard let part, !part.contains(where: { $0 == "{" || $0 == "}" }) else { return "" }
        let unit = part.split(separator: " ").joined(separator: " ")
        return words[unit] ?? PrometheusName.tokens(unit).joined(separator: "_")
    }

    private static let words = [
        "d": "days", "h": "hours", "min": "minutes", "s": "seconds", "ms": "milliseconds",
        "us": "microseconds", "ns": "nanoseconds",
        "By": "bytes", "KiBy": "kibibytes", "MiBy": "mebibytes", "GiBy": "gibibytes",
        "TiBy": "tibibytes", "kBy": "kilobytes", "KBy": "kilobytes", "MBy": "megabytes",
        "GBy": "gigabytes", "TBy": "terabytes",
        "m": "meters", "V": "volts", "A": "amperes", "J": "joules", "W": "watts", "g": "grams",
        "Cel": "celsius", "Hz": "hertz", "1": "", "%": "percent",
    ]

    private static let singulars = [
        "s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month",
        "y": "year",
    ]
}
