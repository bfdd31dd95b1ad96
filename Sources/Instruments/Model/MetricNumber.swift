/// The two kinds of number that OpenTelemetry measures: `Int` and `Double`.
public protocol MetricNumber: Sendable {
    /// How instruments of this kind are told apart and written.
    static var numberKind: NumberKind { get }
}

/// Whether an instrument counts in integers or in doubles.
public enum NumberKind: Sendable, Hashable {
    /// Signed integers of 64 bits.
    case integer
    /// Doubles.
    case double
}

extension Int: MetricNumber {
    public static var numberKind: NumberKind { .integer }
}

extension Double: MetricNumber {
    public static var numberKind: NumberKind { .double }
}
