/// Compares two exponential histograms of the same measurements at the coarser of their scales.
struct ExponentialComparison {
    private(set) var faults: [String] = []

    init(_ our: PlainPoint, _ their: PlainPoint, isDelta: Bool) {
        guard let ourScale = our.scale, let theirScale = their.scale else {
            faults = ["no scale"]
            return
        }
        if our.zeroCount != their.zeroCount {
            faults.append("zeros \(our.zeroCount ?? 0), \(their.zeroCount ?? 0)")
        }
        let isEmpty = our.count == our.zeroCount
        if !isDelta, !isEmpty, ourScale < theirScale {
            // It takes scale 0 for a histogram of zeros, and never leaves it again (A6.24); else
            // both keep the ideal scale (A6.25), so ours is never the coarser one.
            faults.append("scale \(ourScale), \(theirScale)")
        }
        if isDelta, !isEmpty, ourScale > theirScale, theirScale != 0 {
            // A difference keeps the scale of the cumulative histogram (A6.29).
            faults.append("the scale of a difference \(ourScale), \(theirScale)")
        }
        let scale = min(ourScale, theirScale)
        let ours = [
            Self.buckets(our.positiveOffset, our.positive, ourScale - scale),
            Self.buckets(our.negativeOffset, our.negative, ourScale - scale),
        ]
        let theirs = [
            Self.buckets(their.positiveOffset, their.positive, theirScale - scale),
            Self.buckets(their.negativeOffset, their.negative, theirScale - scale),
        ]
        if ours != theirs { faults.append("buckets at scale \(scale): \(ours), \(theirs)") }
        let sum = ours.flatMap(\.values).reduce(our.zeroCount ?? 0, +)
        if our.count != sum { faults.append("count \(our.count ?? 0) of \(sum)") }
    }

    /// The counts that are not zero, by their index after `shift` halvings of the resolution.
    private static func buckets(
        _ offset: Int32?, _ counts: [UInt64]?, _ shift: Int32
    ) -> [Int32: UInt64] {
        var merged: [Int32: UInt64] = [:]
        for (position, count) in (counts ?? []).enumerated() where count > 0 {
            merged[((offset ?? 0) + Int32(position)) >> shift, default: 0] += count
        }
        return merged
    }
}
