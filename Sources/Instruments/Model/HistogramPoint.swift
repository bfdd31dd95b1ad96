/// A data point of an explicit-bucket histogram.
public struct HistogramPoint: Sendable, Equatable {
    /// The attributes of the series.
    public let attributes: AttributeSet
    /// Start of the interval, in nanoseconds since 1970.
    public let start: UInt64
    /// Number of records: the sum of `bucketCounts`.
    public let count: UInt64
    /// Nil for instruments that record negative values.
    public let sum: Double?
    /// Smallest and largest record; nil while there is none, or where they can't be told.
    public let minimum: Double?
    /// Largest record; nil where `minimum` is.
    public let maximum: Double?
    /// One more than the metric has bounds.
    public let bucketCounts: [UInt64]
    /// Measurements that stand as examples of the point.
    public let exemplars: [Exemplar]

    /// Makes a point of an interval that began at `start`, in nanoseconds since 1970.
    ///
    /// Nothing is checked: `count` should be the sum of `bucketCounts`, of which there should be
    /// one more than the metric has bounds.
    public init(
        attributes: AttributeSet, start: UInt64, count: UInt64, sum: Double?, minimum: Double?,
        maximum: Double?, bucketCounts: [UInt64], exemplars: [Exemplar] = []
    ) {
        self.attributes = attributes
        self.start = start
        self.count = count
        self.sum = sum
        self.minimum = minimum
        self.maximum = maximum
        self.bucketCounts = bucketCounts
        self.exemplars = exemplars
    }

    public static func == (left: HistogramPoint, right: HistogramPoint) -> Bool {
        left.attributes == right.attributes && left.start == right.start
            && left.count == right.count && left.sum?.bitPattern == right.sum?.bitPattern
            && left.minimum?.bitPattern == right.minimum?.bitPattern
            && left.maximum?.bitPattern == right.maximum?.bitPattern
            && left.bucketCounts == right.bucketCounts && left.exemplars == right.exemplars
    }
}
