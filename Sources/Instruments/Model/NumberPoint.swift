/// A data point of a sum or a gauge.
public struct NumberPoint: Sendable, Equatable {
    // In the order in which they take the least room: a snapshot may have very many points.
    public let attributes: AttributeSet
    /// Start of the interval, in nanoseconds since 1970.
    public let start: UInt64
    /// Measurements that stand as examples of the point.
    public let exemplars: [Exemplar]
    public let value: Number

    public init(
        attributes: AttributeSet, start: UInt64, value: Number, exemplars: [Exemplar] = []
    ) {
        self.attributes = attributes
        self.start = start
        self.value = value
        self.exemplars = exemplars
    }
}
