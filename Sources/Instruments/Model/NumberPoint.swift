/// A data point of a sum or a gauge.
public struct NumberPoint: Sendable, Equatable {
    // In the order in which they take the least room: a snapshot may have very many points.
    /// The attributes of the series.
    public let attributes: AttributeSet
    /// Start of the interval, in nanoseconds since 1970.
    public let start: UInt64
    /// Measurements that stand as examples of the point.
    public let exemplars: [Exemplar]
    /// The total of a sum, or the level of a gauge.
    public let value: Number

    /// Makes a point of an interval that began at `start`, in nanoseconds since 1970.
    public init(
        attributes: AttributeSet, start: UInt64, value: Number, exemplars: [Exemplar] = []
    ) {
        self.attributes = attributes
        self.start = start
        self.value = value
        self.exemplars = exemplars
    }
}
