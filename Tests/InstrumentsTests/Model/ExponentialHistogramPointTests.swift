import Testing

@testable import Instruments

@Suite struct ExponentialHistogramPointTests {
    private func make(threshold: Double = 0, scale: Int32 = 0) -> ExponentialHistogramPoint {
        // Buckets -1, 0, 1 reach up to 1, 2 and 4 at scale 0.
        ExponentialHistogramPoint(
            attributes: .empty, start: 1, count: 10, sum: nil, minimum: nil, maximum: nil,
            scale: scale, zeroCount: 1,
            positive: ExponentialBuckets(offset: -1, counts: [1, 2, 3]),
            negative: ExponentialBuckets(offset: 1, counts: [3]), zeroThreshold: threshold)
    }

    private func contents(
        _ zeroCount: UInt64, _ positive: ExponentialBuckets, _ negative: ExponentialBuckets,
        scale: Int32 = 0
    ) -> ExponentialContents {
        ExponentialContents(
            scale: scale, zeroCount: zeroCount, positive: positive, negative: negative)
    }

    @Test func aZeroBucketTakesWholeBucketsThatItReaches() {
        let (point, negative) = (make(), ExponentialBuckets(offset: 1, counts: [3]))
        #expect(
            point.contents(zeroUpTo: 0.1)
                == contents(1, ExponentialBuckets(offset: -1, counts: [1, 2, 3]), negative))
        for threshold in [0.6, 1] {
            #expect(
                point.contents(zeroUpTo: threshold)
                    == contents(2, ExponentialBuckets(offset: 0, counts: [2, 3]), negative))
        }
        #expect(
            point.contents(zeroUpTo: 1.5)
                == contents(4, ExponentialBuckets(offset: 1, counts: [3]), negative))
        #expect(
            point.contents(zeroUpTo: 1e300)
                == contents(10, ExponentialBuckets(), ExponentialBuckets()))
    }

    @Test(arguments: [0, -0.0, -1, .nan, .infinity, -.infinity, 2] as [Double])
    func whatIsNoLargerThresholdChangesNothing(threshold: Double) {
        let point = make(threshold: 2)
        #expect(
            point.contents(zeroUpTo: threshold) == contents(1, point.positive, point.negative))
    }

    @Test(arguments: [Int32.min, -11, 21, .max])
    func scalesThatNoInstrumentHasAreLeftAlone(scale: Int32) {
        let point = make(scale: scale)
        #expect(
            point.contents(zeroUpTo: 100)
                == contents(1, point.positive, point.negative, scale: scale))
    }

    @Test func theThresholdCounts() {
        #expect(make(threshold: 1) != make() && make(threshold: 1) == make(threshold: 1))
    }
}
