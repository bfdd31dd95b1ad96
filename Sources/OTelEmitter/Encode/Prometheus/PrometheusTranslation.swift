/// How names of instruments and attributes become names in Prometheus (specification: Prometheus
/// exporter, *Translation Strategy*).
///
/// Whatever a client can't read is escaped in any case, by the scheme that the client asked for.
public enum PrometheusTranslation: Sendable, Hashable, CaseIterable {
    /// `foo.bar`, a counter in bytes, becomes `foo_bar_bytes_total`. The default.
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
