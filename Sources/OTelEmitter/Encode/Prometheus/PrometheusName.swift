/// Names of metrics and labels in Prometheus (specification: Prometheus compatibility, *Metric
/// Metadata* and *Metric Attributes*). A collector produces the same names.
package enum PrometheusName {
    /// The name of a metric in queries, with the default translation. It has its unit, and `_total`
    /// if it is a monotonic sum.
    package static func metric(
        _ name: String, unit: String, isMonotonicSum: Bool, isGauge: Bool
    ) -> String {
        let family = family(
            name, unit: unit, isMonotonicSum: isMonotonicSum, isGauge: isGauge,
            .underscoreEscapingWithSuffixes)
        return isMonotonicSum ? family + total : family
    }

    static let total = "_total"

    /// The name of a metric without the `_total` of monotonic sums. Empty if no character of it is
    /// left.
    static func family(
        _ name: String, unit: String, isMonotonicSum: Bool, isGauge: Bool,
        _ translation: PrometheusTranslation
    ) -> String {
        guard translation.addsSuffixes else {
            return translation.escapes ? startingWithoutDigit(joining(pieces(name))) : name
        }
        let isRatio = isGauge && unit == "1"
        let unit = PrometheusUnit(unit)
        if translation.escapes {
            var tokens = tokens(name)
            if isMonotonicSum { tokens = without("total", tokens) }
            if isRatio { tokens = without("ratio", tokens) }
            if !unit.main.isEmpty, !tokens.contains(unit.main) { tokens.append(unit.main) }
            if !unit.rate.isEmpty, !tokens.contains(unit.rate) { tokens += ["per", unit.rate] }
            if isRatio { tokens.append("ratio") }
            return startingWithoutDigit(joining(tokens))
        }
        var name = isMonotonicSum ? cut("total", from: name) : name
        if isRatio { name = cut("ratio", from: name) }
        if !unit.suffix.isEmpty, !name.hasSuffix(unit.suffix) { name += "_" + unit.suffix }
        return isRatio ? name + "_ratio" : name
    }

    /// The name of a label in queries, with the default translation.
    package static func label(_ key: String) -> String {
        label(key, .underscoreEscapingWithSuffixes)
    }

    /// The name of a label. A leading `__`, which Prometheus reserves, becomes `_`.
    static func label(_ key: String, _ translation: PrometheusTranslation) -> String {
        guard translation.escapes else {
            return key.hasPrefix("__") ? "_" + key.drop { $0 == "_" } : key
        }
        var name: [UInt8] = []
        for scalar in key.unicodeScalars {
            if isWordByte(scalar), let byte = UInt8(exactly: scalar.value) {
                name.append(byte)
            } else if name.last != UInt8(ascii: "_") {
                name.append(UInt8(ascii: "_"))
            }
        }
        let isLedByDigit = name.first.map(isDigit) ?? false
        return (isLedByDigit ? "key_" : "") + String(decoding: name, as: UTF8.self)
    }

    // MARK: Words

    /// The words of a name, separated by characters that are not ASCII letters or digits.
    static func tokens(_ name: String) -> [String] {
        split(name) { isWordByte($0) || $0 == ":" }
    }

    /// The same, but `_` is part of a word.
    private static func pieces(_ name: String) -> [String] {
        split(name) { isWordByte($0) || $0 == ":" || $0 == "_" }
    }

    private static func split(_ name: String, _ isKept: (Unicode.Scalar) -> Bool) -> [String] {
        name.unicodeScalars.split { !isKept($0) }.map { String($0) }
    }

    private static func joining(_ words: [String]) -> String { words.joined(separator: "_") }

    private static func without(_ word: String, _ tokens: [String]) -> [String] {
        let rest = tokens.filter { $0 != word }
        return rest.isEmpty ? tokens : rest
    }

    /// The name without this word at its end, and without the character before the word.
    private static func cut(_ word: String, from name: String) -> String {
        let isWhole = name.utf8.count <= word.utf8.count + 1
        return name.hasSuffix(word) && !isWhole ? String(name.dropLast(word.count + 1)) : name
    }

    private static func startingWithoutDigit(_ name: String) -> String {
        (name.utf8.first.map(isDigit) ?? false) ? "_" + name : name
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isWordByte(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }
}
