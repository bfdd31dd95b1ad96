extension ExponentialHistogramCell {
    /// What a histogram holds; minimum and maximum are +∞ and −∞ while it is empty.
    struct Reading {
        var contents: ExponentialContents
        var sum = 0.0
        var minimum = Double.infinity
        var maximum = -Double.infinity

        init(scale: Int32) {
            contents = ExponentialContents(scale: scale)
        }

        var count: UInt64 { contents.count }
        var scale: Int32 { contents.scale }
        var zeroCount: UInt64 { contents.zeroCount }
        var positive: ExponentialBuckets { contents.positive }
        var negative: ExponentialBuckets { contents.negative }

        /// Adds another histogram, at the finest scale that both have and at which the union fits.
        mutating func add(_ other: Reading, size: Int) {
            contents.add(other.contents, size: size)
            sum = (sum + other.sum).heldFinite
            minimum = min(minimum, other.minimum)
            maximum = max(maximum, other.maximum)
        }

        /// What came after an earlier reading of the same cell. The extremes can't be told apart.
        func subtracting(_ before: Reading) -> Reading {
            var rest = self
            rest.contents.subtract(before.contents)
            rest.sum = (rest.sum - before.sum).heldFinite
            rest.minimum = .infinity
            rest.maximum = -.infinity
            return rest
        }
    }
}
