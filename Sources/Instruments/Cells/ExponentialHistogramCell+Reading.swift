extension ExponentialHistogramCell {
    /// What a histogram holds; minimum and maximum are +∞ and −∞ while it is empty.
    struct Reading {
        var scale: Int32
        var sum = 0.0
        var minimum = Double.infinity
        var maximum = -Double.infinity
        var zeroCount: UInt64 = 0
        var positive = ExponentialBuckets()
        var negative = ExponentialBuckets()

        var count: UInt64 { zeroCount &+ positive.count &+ negative.count }

        /// Makes the scale coarser by `shift`.
        mutating func coarsen(by shift: Int32) {
            scale -= shift
            positive = positive.coarser(by: shift)
            negative = negative.coarser(by: shift)
        }

        /// Adds another histogram, at the finest scale that both have and at which the union fits.
        mutating func add(_ other: Reading, size: Int) {
            var other = other
            coarsen(by: max(scale - other.scale, 0))
            other.coarsen(by: max(other.scale - scale, 0))
            // Before the ranges are united: between two distant ones may lie a billion buckets.
            let shift = max(
                ExponentialBuckets.shift(uniting: positive, other.positive, size: size),
                ExponentialBuckets.shift(uniting: negative, other.negative, size: size))
            coarsen(by: shift)
            other.coarsen(by: shift)
            sum = (sum + other.sum).heldFinite
            minimum = min(minimum, other.minimum)
            maximum = max(maximum, other.maximum)
            zeroCount &+= other.zeroCount
            positive.add(other.positive)
            negative.add(other.negative)
        }
    }
}

extension ExponentialHistogramCell.Reading {
    func subtracting(_ before: Self) -> Self {
        var (rest, before) = (self, before)
        before.coarsen(by: max(before.scale - rest.scale, 0))
        rest.sum = (rest.sum - before.sum).heldFinite
        rest.zeroCount &-= before.zeroCount
        rest.positive.subtract(before.positive)
        rest.negative.subtract(before.negative)
        rest.minimum = .infinity
        rest.maximum = -.infinity
        return rest
    }
}
