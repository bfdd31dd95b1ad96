/// How names with characters other than ASCII letters, digits and `_` are written for a client
/// (Prometheus: *escaping schemes*).
enum PrometheusEscaping: String, Sendable, Equatable {
    /// Names are unchanged, and put in quotes.
    case allowUTF8 = "allow-utf-8"
    /// Each other character becomes `_`. This is used if the client does not ask for a scheme.
    case underscores
    /// A dot becomes `_dot_`, and each other character becomes `__`.
    case dots
    /// Each other character becomes its code point, and the name begins with `U__`.
    case values

    /// - Parameter isMetric: whether `:` may be part of the name, as it may in names of metrics.
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

    /// The name of a label. If it would begin with `__`, which Prometheus reserves, it is prefixed
    /// with `_`, or with `key` if a client would undo the other prefix.
    func escape(label name: String) -> String {
        let escaped = escape(name, isMetric: false)
        guard self != .allowUTF8, escaped.hasPrefix("__") else { return escaped }
        return self == .dots ? "key" + escaped : "_" + escaped.drop { $0 == "_" }
    }

    /// Whether every client can read the name: ASCII letters, digits and `_`, not beginning with a
    /// digit.
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

    /// Replaces each character that not every client can read. If `_` has a special meaning in the
    /// scheme, it is replaced as well.
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
