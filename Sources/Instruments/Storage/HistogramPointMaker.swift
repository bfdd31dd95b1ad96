/// Makes points of what the cells of a histogram hold.
struct HistogramPointMaker {
    private let hasSum: Bool
    private let hasExtremes: Bool

    init(hasSum: Bool, hasExtremes: Bool) {
        self.hasSum = hasSum
        self.hasExtremes = hasExtremes
    }

    func point(
        _ reading: HistogramCell.Reading, of series: Series, since start: UInt64
    ) -> HistogramPoint {
        HistogramPoint(
            attributes: series.attributes, start: start, count: reading.count,
            sum: hasSum ? reading.sum : nil, minimum: known(reading.minimum),
            maximum: known(reading.maximum), bucketCounts: reading.bucketCounts,
            exemplars: series.exemplars(since: start))
    }

    func point(
        _ reading: ExponentialHistogramCell.Reading, of series: Series, since start: UInt64
    ) -> ExponentialHistogramPoint {
        ExponentialHistogramPoint(
            attributes: series.attributes, start: start, count: reading.count,
            sum: hasSum ? reading.sum : nil, minimum: known(reading.minimum),
            maximum: known(reading.maximum), scale: reading.scale, zeroCount: reading.zeroCount,
            positive: reading.positive, negative: reading.negative,
            exemplars: series.exemplars(since: start))
    }

    /// A minimum or maximum, if it is known: an empty histogram has none, nor has a revived one.
    private func known(_ extreme: Double) -> Double? {
        hasExtremes && extreme.isFinite ? extreme : nil
    }
}
