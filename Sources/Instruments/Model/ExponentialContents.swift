/// The buckets of an exponential histogram, without its sum and its extremes: at a scale, the records
/// at zero and those of both signs.
struct ExponentialContents: Equatable {
    var scale: Int32
    var zeroCount: UInt64 = 0
    var positive = ExponentialBuckets()
    var negative = ExponentialBuckets()

    var count: UInt64 { zeroCount &+ positive.count &+ negative.count }

    /// Makes the scale coarser by `shift`.
    mutating func coarsen(by shift: Int32) {
        scale &-= shift
        positive = positive.coarser(by: shift)
        negative = negative.coarser(by: shift)
    }

    /// Adds the records of another histogram, at the finest scale that both have and at which the
    /// union fits into `size` buckets per sign.
    mutating func add(_ other: ExponentialContents, size: Int) {
        var other = other
        coarsen(by: max(scale - other.scale, 0))
        other.coarsen(by: max(other.scale - scale, 0))
        // Before the ranges are united: between two distant ones may lie a billion buckets.
        let shift = max(
            ExponentialBuckets.shift(uniting: positive, other.positive, size: size),
            ExponentialBuckets.shift(uniting: negative, other.negative, size: size))
        coarsen(by: shift)
        other.coarsen(by: shift)
        zeroCount &+= other.zeroCount
        positive.add(other.positive)
        negative.add(other.negative)
    }

    /// Takes the counts of an earlier reading away, which had the same scale or a finer one.
    mutating func subtract(_ before: ExponentialContents) {
        var before = before
        // Snapshots that others made may have any scale.
        before.coarsen(by: Int32(clamping: max(Int(before.scale) - Int(scale), 0)))
        zeroCount &-= before.zeroCount
        positive.subtract(before.positive)
        negative.subtract(before.negative)
    }

    /// Counts the records whose magnitude is at most `threshold` as zero: a bucket that the
    /// threshold lies in is emptied whole.
    mutating func widenZero(to threshold: Double) {
        let scales = ExponentialMapping.minimumScale...ExponentialMapping.maximumScale
        guard threshold > 0, threshold.isFinite, scales.contains(scale) else { return }
        let last = ExponentialMapping.shared.index(of: threshold, scale: scale)
        zeroCount &+= positive.removeBuckets(upTo: last)
        zeroCount &+= negative.removeBuckets(upTo: last)
    }
}
