/// How names that hold more than ASCII letters, digits and `_` are written for a client
/// (Prometheus: escaping schemes).
enum PrometheusEscaping: String, Sendable, Equatable {
    /// As they are, in quotes.
    case allowUTF8 = "allow-utf-8"
    /// Each other character becomes `_`. For clients that ask for none.
    case underscores
    /// A dot becomes `_dot_`, each other character `__`.
    case dots
    /// Each other character becomes its code point, behind `U__`.
    case values

    /// - Parameter isMetric: whether `:` is a character of names, as it is of a metric's.
    func escape(_ name: String, isMetric: Bool) -> String {
        switch self {
        case .allowUTF8: name
        case .underscores:
            Self.isPlain(name, isMetric: isMetric) ? name : map(name, isMetric) { _ in "_" }
        case .dots: map(name, isMetric) { $0 == "." ? "_dot_" : "__" }
        case .values:
            Self.isPlain(name, isMetric: isMetric)
                ? name
                : "U__"
                    + map(name, isMetric) {
                        $0 == "_" ? "__" : "_" + String($0.value, radix: 16) + "_"
                    }
        }
    }

    /// A label's name. One that comes to begin with `__`, which Prometheus keeps for itself, is led
    /// by one `_`, or by `key` where that would be undone otherwise.
    func escape(label name: String) -> String {
        let escaped = escape(name, isMetric: false)
        guard self != .allowUTF8, escaped.hasPrefix("__") else { return escaped }
        return self == .dots ? "key" + escaped : "_" + escaped.drop { $0 == "_" }
    }

    /// Whether every client can read the name: letters, digits and `_` of ASCII, no digit first.
    static func isPlain(_ name: String, isMetric: Bool) -> Bool {
        guard !name.isEmpty else { return false }
        var isFirst = true
        for byte in name.utf8 {
            guard isPlain(Unicode.Scalar(byte), isFirst: isFirst, isMetric) else { return false }
            isFirst = false
        }
        return true
    }

    private static func isPlain(
        _ scalar: Unicode.Scalar, isFirst: Bool, _ isMetric: Bool
    ) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "_": true
        case "0"..."9": !isFirst
        case ":": isMetric
        default: false
        }
    }

    /// Replaces what is not plain; `_` too, where it stands for something else.
    private func map(
        _ name: String, _ isMetric: Bool, _ replacement: (Unicode.Scalar) -> String
    ) -> String {
        name.unicodeScalars.enumerated().map { offset, scalar in
            let isKept =
                Self.isPlain(scalar, isFirst: offset == 0, isMetric)
                && (self == .underscores || scalar != "_")
            return isKept ? String(scalar) : replacement(scalar)
        }.joined()
    }
}
