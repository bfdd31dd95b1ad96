import Testing

@testable import Instruments

/// A3.35: one point for each attribute set of a metric.
@Suite struct JoinedPointsTests {
    private func makeNumber(_ value: Number, start: UInt64 = 1, times: [UInt64] = []) -> NumberPoint
    {
        NumberPoint(
            attributes: ["k": 1], start: start, value: value,
            exemplars: times.map { Exemplar(value: .int(0), time: $0) })
    }

    private func makeHistogram(
        _ counts: [UInt64], sum: Double? = 1, _ minimum: Double? = 1, _ maximum: Double? = 1
    ) -> HistogramPoint {
        HistogramPoint(
            attributes: ["k": 1], start: 5, count: counts.reduce(0, &+), sum: sum,
            minimum: minimum, maximum: maximum, bucketCounts: counts)
    }

    private func makeExponential(
        scale: Int32, offset: Int32, counts: [UInt64] = [1, 1]
    ) -> ExponentialHistogramPoint {
        ExponentialHistogramPoint(
            attributes: [:], start: 5, count: UInt64(counts.count) + 1, sum: 2, minimum: 1,
            maximum: 2, scale: scale, zeroCount: 1,
            positive: ExponentialBuckets(offset: offset, counts: counts))
    }

    /// A6.28: the larger zero bucket takes what it reaches of the other's.
    @Test func pointsOfDifferentZeroThresholdsAreAddedUpToTheLarger() {
        func point(_ threshold: Double, offset: Int32) -> ExponentialHistogramPoint {
            ExponentialHistogramPoint(
                attributes: [:], start: 5, count: 4, sum: 2, minimum: 1, maximum: 2, scale: 0,
                zeroCount: 1, positive: ExponentialBuckets(offset: offset, counts: [1, 1, 1]),
                zeroThreshold: threshold)
        }
        // Buckets 0, 1 and 2 reach up to 2, 4 and 8.
        for sum in [
            point(0, offset: 0).adding(point(4, offset: 2)),
            point(4, offset: 2).adding(point(0, offset: 0)),
        ] {
            #expect(sum.zeroThreshold == 4 && sum.count == 8)
            #expect(sum.zeroCount == 4)
            #expect(sum.positive == ExponentialBuckets(offset: 2, counts: [2, 1, 1]))
        }
    }

    @Test func numbersAreAddedSinceTheEarlierStart() {
        let joined = JoinedPoints([
            (
                [makeNumber(.int(1), start: 9, times: [3, 8])],
                PointMarks(stream: 7, updates: [2])
            ),
            ([makeNumber(.int(2), times: [5])], PointMarks(stream: 8, updates: [2])),
        ])
        #expect(joined.points == [makeNumber(.int(3), times: [3, 5, 8])])
        #expect(joined.marks.updates(at: 0) == 4)
        #expect(joined.marks.stream(at: 0) == 7)
        #expect(!joined.isPlain)
        let mixed = makeNumber(.int(1)).adding(makeNumber(.double(0.5)))
        #expect(mixed.value == .double(1.5))
        #expect(makeNumber(.int(.max)).adding(makeNumber(.int(1))).value == .int(.max))
    }

    @Test func otherSetsStandSideBySide() {
        let other = NumberPoint(attributes: ["k": 2], start: 1, value: .int(5))
        let joined = JoinedPoints([
            ([makeNumber(.int(1))], PointMarks(stream: 1, updates: [1])),
            ([], PointMarks(stream: 2)), ([other], PointMarks(stream: 3, updates: [5])),
        ])
        #expect(joined.marks.updates(at: 0) == 1 && joined.marks.updates(at: 1) == 5)
        #expect(joined.marks.stream(at: 0) == 1 && joined.marks.stream(at: 1) == 3)
        #expect(joined.points == [makeNumber(.int(1)), other])
        #expect(joined.isPlain)
    }

    @Test func histogramsAreAddedBucketByBucket() {
        let sum = makeHistogram([1, 2], sum: 3, 1, 4).adding(makeHistogram([0, 5], sum: 4, 0, 3))
        #expect(sum == makeHistogram([1, 7], sum: 7, 0, 4))
        // An empty one has no extremes; one that has lost them makes them unknown.
        #expect(sum.adding(makeHistogram([0, 0], sum: 0, nil, nil)).minimum == 0)
        #expect(sum.adding(makeHistogram([1, 0], sum: 1, nil, nil)).minimum == nil)
        #expect(sum.adding(makeHistogram([1, 0], sum: nil)).sum == nil)
        // Producers may leave the buckets out.
        #expect(makeHistogram([]).adding(makeHistogram([1, 2])).bucketCounts == [1, 2])
    }

    @Test func coarserBucketsHoldTheSameRecords() {
        let point = makeHistogram([1, 2, 4, 8])
        #expect(point.coarser(from: [1, 2, 3], to: [2]).bucketCounts == [3, 12])
        #expect(point.coarser(from: [1, 2, 3], to: []).bucketCounts == [15])
        #expect(point.coarser(from: [1, 2, 3], to: [1, 2, 3]) == point)
        // More buckets than bounds need, or fewer.
        #expect(point.coarser(from: [1], to: [1]).bucketCounts == [1, 14])
        #expect(point.coarser(from: [1, 2, 3, 4, 5], to: [5]).bucketCounts == [15, 0])
    }

    @Test func exponentialHistogramsAreAddedAtTheCoarserScale() {
        let sum = makeExponential(scale: 1, offset: 2).adding(
            makeExponential(scale: 0, offset: 1))
        #expect(sum.scale == 0)
        #expect(sum.count == 6 && sum.zeroCount == 2)
        #expect(sum.positive == ExponentialBuckets(offset: 1, counts: [3, 1]))
        // Distant ranges are made coarser until they fit.
        let far = makeExponential(scale: 20, offset: -1 << 30).adding(
            makeExponential(scale: 20, offset: 1 << 30))
        #expect(far.positive.counts.count <= 160)
        #expect(far.positive.count == 4)
    }

    @Test(arguments: [(.max, 0), (.min, 0), (0, .max), (65, 1), (-65, 1)] as [(Int32, Int32)])
    func ofExponentialHistogramsThatNoInstrumentHasTheFirstStays(scale: Int32, offset: Int32) {
        let (usual, odd) = (
            makeExponential(scale: 0, offset: 0), makeExponential(scale: scale, offset: offset)
        )
        #expect(usual.adding(odd) == usual)
        #expect(odd.adding(usual) == odd)
    }

    @Test func rangesAtTheEndsOfTheirNumbersAreAdded() {
        let low = makeExponential(scale: 20, offset: .min)
        let high = makeExponential(scale: 20, offset: .max - 2)
        #expect(low.adding(high).positive.count == 4)
        #expect(high.adding(low).positive.count == 4)
    }
}
