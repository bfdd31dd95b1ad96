extension HistogramCell.Reading {
    func adding(_ other: Self) -> Self {
        var total = Self(bucketCounts: zip(bucketCounts, other.bucketCounts).map { $0 &+ $1 })
        total.sum = (sum + other.sum).heldFinite
        total.minimum = min(minimum, other.minimum)
        total.maximum = max(maximum, other.maximum)
        return total
    }

    func subtracting(_ before: Self) -> Self {
        var rest = Self(bucketCounts: zip(bucketCounts, before.bucketCounts).map { $0 &- $1 })
        rest.sum = (sum - before.sum).heldFinite
        return rest
    }
}
