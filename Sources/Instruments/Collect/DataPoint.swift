/// The value of a sum or a gauge. Doubles are compared by bit pattern.
public enum Number: Sendable, Equatable {
    /// A signed integer of 64 bits.
    case int(Int64)
    /// A double, compared by bit pattern.
    case double(Double)

    public static func == (left: Number, right: Number) -> Bool {
        switch (left, right) {
        case (.int(let left), .int(let right)): left == right
        case (.double(let left), .double(let right)): left.bitPattern == right.bitPattern
        default: false
        }
    }
}

/// A data point of a sum or a gauge.
public struct NumberPoint: Sendable, Equatable {
    // In the order in which they take the least room: a snapshot may have very many points.
    /// The attributes of the series.
    public let attributes: AttributeSet
    /// Start of the interval, in nanoseconds since 1970.
    public let start: UInt64
    /// Measurements that stand as examples of the point.
    public let exemplars: [Exemplar]
    /// Measurements in the point since its series began: tells a silent series from one that
    /// measured the same again. Not part of the data.
    let updates: UInt64
    /// The total of a sum, or the level of a gauge.
    public let value: Number
    /// The stream that it comes from, 0 if none: tells apart what a merged metric holds. Not part
    /// of the data.
    var stream: UInt32 = 0

    /// Makes a point of an interval that began at `start`, in nanoseconds since 1970.
    public init(
        attributes: AttributeSet, start: UInt64, value: Number, exemplars: [Exemplar] = []
    ) {
        self.init(
            attributes: attributes, start: start, value: value, updates: 0, exemplars: exemplars)
    }

    init(
        attributes: AttributeSet, start: UInt64, value: Number, updates: UInt64,
        exemplars: [Exemplar] = []
    ) {
        self.attributes = attributes
        self.start = start
        self.value = value
        self.updates = updates
        self.exemplars = exemplars
    }

    public static func == (left: NumberPoint, right: NumberPoint) -> Bool {
        left.attributes == right.attributes && left.start == right.start
            && left.value == right.value && left.exemplars == right.exemplars
    }
}

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
    /// The stream that it comes from, 0 if none. Not part of the data.
    var stream: UInt32 = 0

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
