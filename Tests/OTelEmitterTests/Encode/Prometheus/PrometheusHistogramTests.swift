import Instruments
import Testing

@testable import OTelEmitter

@Suite struct PrometheusHistogramTests {
    private typealias Bucket = PrometheusHistogram.Bucket

    private func point(
        scale: Int32, zeroCount: UInt64 = 0, _ positive: ExponentialBuckets,
        _ negative: ExponentialBuckets = ExponentialBuckets(), zeroThreshold: Double = 0
    ) -> PrometheusHistogram {
        PrometheusHistogram(
            ExponentialHistogramPoint(
                attributes: .empty, start: 1, count: zeroCount + positive.count + negative.count,
                sum: 1, minimum: nil, maximum: nil, scale: scale, zeroCount: zeroCount,
                positive: positive, negative: negative, zeroThreshold: zeroThreshold))
    }

    @Test func countsReachFromTheBeginning() {
        let exemplars = [
            Exemplar(value: .double(1), time: 1), Exemplar(value: .int(1), time: 2),
            Exemplar(value: .double(9), time: 3),
        ]
        let histogram = PrometheusHistogram(
            HistogramPoint(
                attributes: .empty, start: 1, count: 9, sum: 7, minimum: nil, maximum: nil,
                bucketCounts: [2, 3, 4], exemplars: exemplars), bounds: PrometheusBounds([1, 5]))
        #expect(
            histogram.buckets == [
                Bucket(bound: 1, count: 2), Bucket(bound: 5, count: 5),
                Bucket(bound: .infinity, count: 9),
            ])
        #expect(histogram.exemplar(ofBucket: 0)?.time == 2)
        #expect(histogram.exemplar(ofBucket: 1) == nil)
        #expect(histogram.exemplar(ofBucket: 2)?.time == 3)
    }

    /// A producer's histogram may count below minus infinity.
    @Test func countsOfBoundsThatAreNotFiniteAreCountedAbove() {
        let histogram = PrometheusHistogram(
            HistogramPoint(
                attributes: .empty, start: 1, count: 10, sum: nil, minimum: nil, maximum: nil,
                bucketCounts: [1, 2, 3, 4]), bounds: PrometheusBounds([-.infinity, 1, .infinity]))
        #expect(
            histogram.buckets == [
                Bucket(bound: 1, count: 3), Bucket(bound: .infinity, count: 10),
            ])
        #expect(histogram.bounds.count == 2)
    }

    @Test func everyBoundHasItsLabel() {
        let bounds = PrometheusBounds([-1, 0.5, 10, .infinity, .nan])
        #expect(bounds.values == [-1, 0.5, 10, .infinity])
        let labels = bounds.labels.map { String(decoding: $0, as: UTF8.self) }
        #expect(labels == [#"le="-1.0""#, #"le="0.5""#, #"le="10.0""#, #"le="+Inf""#])
        #expect(PrometheusBounds([]).values == [.infinity])
    }

    /// Points of producers may have any bounds, and counts that do not fit.
    @Test func aHistogramWithoutCountsHasItsLastBucket() {
        let histogram = PrometheusHistogram(
            HistogramPoint(
                attributes: .empty, start: 1, count: 4, sum: nil, minimum: nil, maximum: nil,
                bucketCounts: []), bounds: PrometheusBounds([.infinity]))
        #expect(histogram.buckets == [Bucket(bound: .infinity, count: 4)])
        #expect(histogram.bounds.count == 1)
        #expect(!histogram.hasSumInOpenMetrics)
    }

    @Test func exponentialBucketsHaveTheirUpperBounds() {
        let histogram = point(
            scale: 0, zeroCount: 1, ExponentialBuckets(offset: -1, counts: [2, 0, 3]),
            ExponentialBuckets(offset: 1, counts: [4, 5]))
        #expect(
            histogram.buckets == [
                Bucket(bound: -4, count: 5), Bucket(bound: -2, count: 9),
                Bucket(bound: 0, count: 10), Bucket(bound: 1, count: 12),
                Bucket(bound: 2, count: 12), Bucket(bound: 4, count: 15),
                Bucket(bound: .infinity, count: 15),
            ])
        #expect(!histogram.hasSumInOpenMetrics)
    }

    /// Sixteen buckets of scale 6 are one of scale 2: fewer lines, and bounds that stay.
    @Test func fineBucketsAreMerged() {
        let histogram = point(
            scale: 6, ExponentialBuckets(offset: 0, counts: Array(repeating: 1, count: 64)))
        #expect(histogram.buckets.map(\.count) == [16, 32, 48, 64, 64])
        #expect(histogram.buckets[3].bound == 2)
        #expect(histogram.hasSumInOpenMetrics)
    }

    @Test func coarseScalesStayAsTheyAre() {
        let histogram = point(scale: -1, ExponentialBuckets(offset: 1, counts: [7]))
        #expect(histogram.buckets.map(\.bound) == [16, .infinity])
    }

    /// Whatever a producer makes of them: bounds rise, counts too, and nothing traps.
    @Test(arguments: [Int32.min, -11, 20, .max], [Int32.min, -1_126_170_624, 0, .max])
    func noScaleOrOffsetIsTooMuch(scale: Int32, offset: Int32) {
        let buckets = ExponentialBuckets(offset: offset, counts: [1, 0, 2])
        let made = point(scale: scale, zeroCount: 3, buckets, buckets, zeroThreshold: .nan).buckets
        for (before, after) in zip(made, made.dropFirst()) {
            #expect(before.bound < after.bound && before.count <= after.count)
        }
        #expect(made.last == Bucket(bound: .infinity, count: 9))
    }
}
