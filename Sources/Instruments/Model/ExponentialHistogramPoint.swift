/// A data point of a base-2 exponential histogram.
public struct ExponentialHistogramPoint: Sendable, Equatable {
    /// The attributes of the series.
    public let attributes: AttributeSet
    /// Start of the interval, in nanoseconds since 1970.
    public let start: UInt64
    /// Number of records: the sum of both ranges and `zeroCount`.
    public let count: UInt64
    /// Nil for instruments that record negative values.
    public let sum: Double?
    /// Smallest and largest record; nil while there is none.
    public let minimum: Double?
    /// Largest record; nil where `minimum` is.
    public let maximum: Double?
    /// Bucket i holds values up to 2^((i+1)·2^−scale).
    public let scale: Int32
    /// Records whose magnitude is not above `zeroThreshold`.
    public let zeroCount: UInt64
    /// The largest magnitude that counts as zero. That of instruments is 0.
    public let zeroThreshold: Double
    /// Records above `zeroThreshold`.
    public let positive: ExponentialBuckets
    /// Records below `-zeroThreshold`, by their magnitude. Instruments have none.
    public let negative: ExponentialBuckets
    /// Measurements that stand as examples of the point.
    public let exemplars: [Exemplar]

    /// Makes a point of an interval that began at `start`, in nanoseconds since 1970.
    ///
    /// Nothing is checked: `count` should be the sum of both ranges and `zeroCount`.
    public init(
        attributes: AttributeSet, start: UInt64, count: UInt64, sum: Double?, minimum: Double?,
        maximum: Double?, scale: Int32, zeroCount: UInt64, positive: ExponentialBuckets,
        negative: ExponentialBuckets = ExponentialBuckets(), zeroThreshold: Double = 0,
        exemplars: [Exemplar] = []
    ) {
        self.attributes = attributes
        self.start = start
        self.count = count
        self.sum = sum
        self.minimum = minimum
        self.maximum = maximum
        self.scale = scale
        self.zeroCount = zeroCount
        self.zeroThreshold = zeroThreshold
        self.positive = positive
        self.negative = negative
        self.exemplars = exemplars
    }

    public static func == (
        left: ExponentialHistogramPoint, right: ExponentialHistogramPoint
    ) -> Bool {
        left.attributes == right.attributes && left.start == right.start
            && left.count == right.count && left.sum?.bitPattern == right.sum?.bitPattern
            && left.minimum?.bitPattern == right.minimum?.bitPattern
            && left.maximum?.bitPattern == right.maximum?.bitPattern
            && left.scale == right.scale && left.zeroCount == right.zeroCount
            && left.positive == right.positive && left.negative == right.negative
            && left.zeroThreshold.bitPattern == right.zeroThreshold.bitPattern
            && left.exemplars == right.exemplars
    }

    /// The buckets as they are if the zero bucket reaches at least up to `threshold`.
    func contents(zeroUpTo threshold: Double) -> ExponentialContents {
        var contents = ExponentialContents(
            scale: scale, zeroCount: zeroCount, positive: positive, negative: negative)
        if threshold > max(zeroThreshold, 0) { contents.widenZero(to: threshold) }
        return contents
    }
}
