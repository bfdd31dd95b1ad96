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
    /// The stream that it comes from, 0 if none. Not part of the data.
    var stream: UInt32 = 0

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

    /// What zero bucket and ranges hold if the zero bucket reaches at least up to `threshold`: a
    /// bucket that it reaches into is emptied whole (checklist A6.28).
    func contents(zeroUpTo threshold: Double) -> Contents {
        var contents = Contents(zeroCount: zeroCount, positive: positive, negative: negative)
        let scales = ExponentialMapping.minimumScale...ExponentialMapping.maximumScale
        guard threshold > max(zeroThreshold, 0), threshold.isFinite, scales.contains(scale) else {
            return contents
        }
        let last = ExponentialMapping.shared.index(of: threshold, scale: scale)
        contents.zeroCount &+= contents.positive.removeBuckets(upTo: last)
        contents.zeroCount &+= contents.negative.removeBuckets(upTo: last)
        return contents
    }

    /// The buckets of a point.
    struct Contents: Equatable {
        var zeroCount: UInt64
        var positive: ExponentialBuckets
        var negative: ExponentialBuckets
    }
}

/// A contiguous range of exponential buckets.
public struct ExponentialBuckets: Sendable, Equatable {
    /// Index of the first bucket.
    public var offset: Int32
    /// Counts of the buckets from `offset` on; empty if nothing was recorded.
    public var counts: [UInt64]

    /// Makes the buckets from `offset` on, by default none.
    public init(offset: Int32 = 0, counts: [UInt64] = []) {
        self.offset = offset
        self.counts = counts
    }

    /// Number of records in all of these buckets; beyond 64 bits it begins at 0 again.
    public var count: UInt64 { counts.reduce(0, &+) }

    /// The same records with 2^shift neighbouring buckets merged into one: perfect subsetting.
    package func coarser(by shift: Int32) -> ExponentialBuckets {
        guard shift > 0, !counts.isEmpty else { return self }
        // In 64 bits: offsets of snapshots that others made may be at the ends of the range.
        let (start, shift) = (Int(offset), Int(shift))
        let first = start >> shift
        let last = (start + counts.count - 1) >> shift
        var merged = ExponentialBuckets(
            offset: Int32(clamping: first), counts: Array(repeating: 0, count: last - first + 1))
        for (position, count) in counts.enumerated() {
            merged.counts[((start + position) >> shift) - first] &+= count
        }
        return merged
    }

    /// Adds the counts of another range at the same scale.
    mutating func add(_ other: ExponentialBuckets) {
        guard !other.counts.isEmpty else { return }
        guard !counts.isEmpty else {
            self = other
            return
        }
        let first = min(offset, other.offset)
        let end = max(offset + Int32(counts.count), other.offset + Int32(other.counts.count))
        var sum = ExponentialBuckets(
            offset: first, counts: Array(repeating: 0, count: Int(end - first)))
        for part in [self, other] {
            for (position, count) in part.counts.enumerated() {
                sum.counts[Int(part.offset - first) + position] &+= count
            }
        }
        self = sum
    }

    /// Takes the counts of an earlier reading at the same scale away; empty ends are cut off.
    mutating func subtract(_ before: ExponentialBuckets) {
        for (position, count) in before.counts.enumerated() {
            let place = Int(before.offset) - Int(offset) + position
            if counts.indices.contains(place) { counts[place] &-= count }
        }
        let leading = counts.prefix { $0 == 0 }.count
        offset &+= Int32(truncatingIfNeeded: leading)
        counts.removeFirst(leading)
        while counts.last == 0 { counts.removeLast() }
        if counts.isEmpty { offset = 0 }
    }

    /// Removes the buckets up to and including the one of this index; answers what they held.
    mutating func removeBuckets(upTo last: Int32) -> UInt64 {
        let number = min(max(Int(last) - Int(offset) + 1, 0), counts.count)
        let removed = counts.prefix(number).reduce(0, &+)
        counts.removeFirst(number)
        offset = counts.isEmpty ? 0 : Int32(clamping: Int(offset) + number)
        return removed
    }

    /// How many scales coarser two ranges have to be for their union to fit into `size` buckets.
    static func shift(
        uniting left: ExponentialBuckets, _ right: ExponentialBuckets, size: Int
    ) -> Int32 {
        guard !left.counts.isEmpty, !right.counts.isEmpty else { return 0 }
        let first = min(left.offset, right.offset)
        let end = max(
            left.offset + Int32(left.counts.count), right.offset + Int32(right.counts.count))
        return shift(from: first, to: end - 1, size: size)
    }

    /// How many scales coarser a range from `first` to `last` has to be to fit into `size` buckets.
    static func shift(from first: Int32, to last: Int32, size: Int) -> Int32 {
        var (first, last, shift) = (first, last, Int32(0))
        while Int(last) - Int(first) >= size {
            first >>= 1
            last >>= 1
            shift += 1
        }
        return shift
    }
}
