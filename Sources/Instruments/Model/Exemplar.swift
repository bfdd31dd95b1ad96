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
