/// How names of instruments and attributes become names of Prometheus (specification: Prometheus
/// exporter, *Translation Strategy*).
///
/// What a client can't read is escaped all the same, by the scheme that it asked for.
public enum PrometheusTranslation: Sendable, Hashable, CaseIterable {
    /// `foo.bar` in bytes, a counter: `foo_bar_bytes_total`. The default.
    case underscoreEscapingWithSuffixes
    /// `foo_bar`
    case underscoreEscapingWithoutSuffixes
    /// `foo.bar_bytes_total`
    case noUTF8EscapingWithSuffixes
    /// `foo.bar`
    case noTranslation

    var addsSuffixes: Bool {
        self == .underscoreEscapingWithSuffixes || self == .noUTF8EscapingWithSuffixes
    }

    var escapes: Bool {
        self == .underscoreEscapingWithSuffixes || self == .underscoreEscapingWithoutSuffixes
    }
}
