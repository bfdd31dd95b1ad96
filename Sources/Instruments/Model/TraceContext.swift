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
