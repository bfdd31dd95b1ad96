/// The trace in whose course a measurement is made.
public struct TraceContext: Sendable, Equatable {
    /// 16 bytes as two big-endian halves.
    public let traceID: (high: UInt64, low: UInt64)
    /// 8 bytes, big-endian.
    public let spanID: UInt64
    /// Whether the span is sampled.
    public let isSampled: Bool

    /// Makes the context of a span.
    public init(traceID: (high: UInt64, low: UInt64), spanID: UInt64, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    public static func == (left: TraceContext, right: TraceContext) -> Bool {
        left.traceID == right.traceID && left.spanID == right.spanID
            && left.isSampled == right.isSampled
    }
}

/// A measurement that is kept as an example of its point (checklist A10).
public struct Exemplar: Sendable, Equatable {
    /// What was measured.
    public let value: Number
    /// When it was measured, in nanoseconds since 1970.
    public let time: UInt64
    /// The measurement's attributes that are not on the point.
    public let filteredAttributes: AttributeSet
    /// The trace, if there was one.
    public let context: TraceContext?

    /// Makes an exemplar of a value that was measured at `time`, in nanoseconds since 1970.
    public init(
        value: Number, time: UInt64, filteredAttributes: AttributeSet = .empty,
        context: TraceContext? = nil
    ) {
        self.value = value
        self.time = time
        self.filteredAttributes = filteredAttributes
        self.context = context
    }
}

/// Which measurements may become exemplars.
public enum ExemplarFilter: Sendable, Hashable {
    /// All measurements.
    case alwaysOn
    /// None, which costs nothing.
    case alwaysOff
    /// Those made in the course of a sampled span.
    case traceBased
}
