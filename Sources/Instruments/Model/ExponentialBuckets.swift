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
