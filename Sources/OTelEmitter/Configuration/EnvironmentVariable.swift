/// The name of an environment variable.
///
/// All variables follow the specification's rules: an empty value counts as unset, a value that
/// can't be used is reported and ignored, and no value is ever fatal.
package struct EnvironmentVariable: RawRepresentable, Hashable, Sendable,
    ExpressibleByStringLiteral
{
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package init(stringLiteral name: String) {
        self.init(rawValue: name)
    }

    /// Whether it is for metrics alone, and not for all signals.
    var isForMetrics: Bool { rawValue.hasPrefix("OTEL_EXPORTER_OTLP_METRICS_") }
}

extension [EnvironmentVariable] {
    /// The variable for metrics, which takes precedence, and the one for all signals.
    static func otlp(_ name: String) -> [EnvironmentVariable] {
        ["METRICS_", ""].map { .init(rawValue: "OTEL_EXPORTER_OTLP_" + $0 + name) }
    }
}

extension EnvironmentVariable: CaseIterable {
    /// The variables that the emitter reads.
    package static var allCases: [EnvironmentVariable] {
        EmitterConfiguration.options.flatMap(\.variables)
    }

    /// What holds while the variable is unset, as README shows it; empty if the emitter does not
    /// read the variable.
    package var defaultText: String {
        EmitterConfiguration.options.flatMap(\.defaults).first { $0.variable == self }?.text ?? ""
    }
}
