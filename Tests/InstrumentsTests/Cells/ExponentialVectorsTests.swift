import TestSupport
import Testing

@testable import Instruments

/// What other SDKs' tests say about exponential histograms: facts, each with its source.
@Suite struct ExponentialVectorsTests {
    /// A value and the bucket that it belongs to.
    struct Index: Sendable, CustomStringConvertible {
        let scale: Int32
        let value: Double
        let index: Int32

        init(_ scale: Int32, _ value: Double, _ index: Int32) {
            (self.scale, self.value, self.index) = (scale, value, index)
        }

        var description: String { "\(value) at scale \(scale)" }
    }

    @Test(arguments: Self.java + Self.expohisto + Self.go)
    func aValueHasTheBucketThatOthersGiveIt(_ vector: Index) {
        #expect(
            ExponentialMapping.shared.index(of: vector.value, scale: vector.scale)
                == vector.index)
    }

    /// open-telemetry/opentelemetry-java, sdk/metrics/src/test/java/io/opentelemetry/sdk/metrics/
    /// internal/aggregator/Base2ExponentialHistogramIndexerTest.java
    private static let java: [Index] = [
        Index(1, .greatestFiniteMagnitude, 2047), Index(1, 0x1p1023, 2045),
        Index(1, 0x1.1p1023, 2046), Index(1, 0x1p1022, 2043), Index(1, 0x1.1p1022, 2044),
        Index(1, 0x1p-1022, -2045), Index(1, 0x1.1p-1022, -2044), Index(1, 0x1p-1021, -2043),
        Index(1, 0x1.1p-1021, -2042), Index(1, .leastNonzeroMagnitude, -2149), Index(1, 15, 7),
        Index(1, 9, 6), Index(1, 7, 5), Index(1, 5, 4), Index(1, 3, 3), Index(1, 2.5, 2),
        Index(1, 1.5, 1), Index(1, 1.2, 0), Index(1, 1, -1), Index(1, 0.75, -1),
        Index(1, 0.55, -2), Index(1, 0.45, -3),
        Index(0, .greatestFiniteMagnitude, 1023), Index(0, 0x1p1023, 1022),
        Index(0, 0x1.1p1023, 1023), Index(0, 0x1p1022, 1021), Index(0, 0x1.1p1022, 1022),
        Index(0, 0x1p-1022, -1023), Index(0, 0x1.1p-1022, -1022), Index(0, 0x1p-1021, -1022),
        Index(0, 0x1.1p-1021, -1021), Index(0, .leastNonzeroMagnitude, -1075), Index(0, 4, 1),
        Index(0, 3, 1), Index(0, 2, 0), Index(0, 1.5, 0), Index(0, 1, -1), Index(0, 0.75, -1),
        Index(0, 0.51, -1), Index(0, 0.5, -2), Index(0, 0.26, -2), Index(0, 0.25, -3),
        Index(0, 0.126, -3), Index(0, 0.125, -4),
        Index(-4, 0x1p0, -1), Index(-4, 0x1p4, 0), Index(-4, 0x1p16, 0), Index(-4, 0x1p20, 1),
        Index(-4, 0x1p32, 1), Index(-4, 0x1p36, 2), Index(-4, 0x1p48, 2), Index(-4, 0x1p52, 3),
        Index(-4, 0x1p64, 3), Index(-4, 0x1p68, 4), Index(-4, 0x1p80, 4), Index(-4, 0x1p84, 5),
        Index(-4, 0x1p-4, -1), Index(-4, 0x1p-12, -1), Index(-4, 0x1p-16, -2),
        Index(-4, 0x1p-28, -2), Index(-4, 0x1p-32, -3), Index(-4, 0x1p-48, -4),
        Index(-4, 0x1p-64, -5), Index(-4, .greatestFiniteMagnitude, 63), Index(-4, 0x1p1009, 63),
        Index(-4, 0x1p1008, 62), Index(-4, 0x1p993, 62), Index(-4, 0x1p992, 61),
        Index(-4, 0x1p-1074, -68), Index(-4, 0x1p-1072, -68), Index(-4, 0x1p-1057, -67),
        Index(-4, 0x1p-1056, -67), Index(-4, 0x1p-1041, -66), Index(-4, 0x1p-1025, -65),
        Index(-4, 0x1p-1024, -65), Index(-4, 0x1p-1023, -64), Index(-4, 0x1p-1008, -64),
        Index(-4, 0x1p-1007, -63), Index(-4, 0x1p-992, -63), Index(-4, 0x1p-991, -62),
        Index(-4, 0x1p-976, -62), Index(-4, 0x1p-975, -61),
    ]

    /// lightstep/go-expohisto, mapping/exponent/exponent_test.go and
    /// mapping/logarithm/logarithm_test.go: scales −1, −10, and the largest and smallest normal
    /// double at several scales.
    private static let expohisto: [Index] = [
        Index(-1, 17, 2), Index(-1, 16, 1), Index(-1, 15, 1), Index(-1, 9, 1), Index(-1, 8, 1),
        Index(-1, 5, 1), Index(-1, 4, 0), Index(-1, 3, 0), Index(-1, 2, 0), Index(-1, 1.5, 0),
        Index(-1, 1, -1), Index(-1, 0.75, -1), Index(-1, 0.5, -1), Index(-1, 0.25, -2),
        Index(-1, 0.20, -2), Index(-1, 0.13, -2), Index(-1, 0.125, -2), Index(-1, 0.10, -2),
        Index(-1, 0.0625, -3), Index(-1, 0.06, -3),
        Index(-10, 1.000001, 0), Index(-10, 1, -1), Index(-10, .greatestFiniteMagnitude / 2, 0),
        Index(-10, .greatestFiniteMagnitude, 0), Index(-10, 0.5, -1),
        // (1024 << scale) − 1, and (−1022 << scale) − 1.
        Index(2, .greatestFiniteMagnitude, 4095), Index(10, .greatestFiniteMagnitude, 1_048_575),
        Index(15, .greatestFiniteMagnitude, 33_554_431),
        Index(20, .greatestFiniteMagnitude, 1_073_741_823),
        Index(2, .leastNormalMagnitude, -4089), Index(10, .leastNormalMagnitude, -1_046_529),
        Index(15, .leastNormalMagnitude, -33_488_897),
        Index(20, .leastNormalMagnitude, -1_071_644_673),
    ]

    /// open-telemetry/opentelemetry-go, sdk/metric/internal/aggregate/
    /// exponential_histogram_test.go, TestExponentialHistogramDataPointRecordLimits. (The largest
    /// Int64 is 2^63 as a double.)
    private static let go: [Index] = [
        Index(20, .greatestFiniteMagnitude, 1_073_741_823),
        Index(20, .leastNonzeroMagnitude, -1_126_170_625), Index(20, 0x1p63, 66_060_287),
    ]

    /// What is left after some records.
    struct Record: Sendable, CustomStringConvertible {
        let size: Int
        let values: [Double]
        let offset: Int32
        let counts: [UInt64]
        let scale: Int32

        init(
            _ size: Int, _ values: [Double], _ offset: Int32, _ counts: [UInt64], _ scale: Int32
        ) {
            (self.size, self.values, self.offset) = (size, values, offset)
            (self.counts, self.scale) = (counts, scale)
        }

        var description: String { "\(values) in \(size) buckets" }
    }

    /// open-telemetry/opentelemetry-go, sdk/metric/internal/aggregate/
    /// exponential_histogram_test.go, testExpoHistogramDataPointRecord and …RecordFloat64.
    private static let records: [Record] = [
        Record(4, [2, 4, 1], -1, [1, 1, 1], 0),
        Record(4, [4, 4, 4, 2, 16, 1], -1, [1, 4, 1], -1),
        Record(2, [1, 2, 4], -1, [1, 2], -1), Record(2, [1, 4, 2], -1, [1, 2], -1),
        Record(2, [2, 4, 1], -1, [1, 2], -1), Record(2, [2, 1, 4], -1, [1, 2], -1),
        Record(2, [4, 1, 2], -1, [1, 2], -1), Record(2, [4, 2, 1], -1, [1, 2], -1),
        Record(4, [2, 2, 2, 1, 8, 0.5], -1, [2, 3, 1], -1),
        Record(2, [1, 0.5, 2], -1, [2, 1], -1), Record(2, [1, 2, 0.5], -1, [2, 1], -1),
        Record(2, [2, 0.5, 1], -1, [2, 1], -1), Record(2, [2, 1, 0.5], -1, [2, 1], -1),
        Record(2, [0.5, 1, 2], -1, [2, 1], -1), Record(2, [0.5, 2, 1], -1, [2, 1], -1),
    ]

    @Test(arguments: Self.records)
    func bothSignsEndAtTheScaleAndInTheBucketsThatOthersReach(_ record: Record) throws {
        let histogram = ExponentialHistogramCell(
            maximumSize: record.size, maximumScale: 20, hasNegative: true)
        let cell = try #require(OwnedCell(words: histogram.words))
        for value in record.values {
            histogram.record(value, at: cell.offset)
            histogram.record(-value, at: cell.offset)
        }
        let reading = histogram.read(at: cell.offset)
        #expect(reading.scale == record.scale)
        #expect(
            reading.positive == ExponentialBuckets(offset: record.offset, counts: record.counts))
        #expect(reading.negative == reading.positive)
    }

    /// The same file, TestExpoBucketDownscale: offset and counts before, halvings, and after.
    private static let downscales: [(ExponentialBuckets, Int32, ExponentialBuckets)] = [
        (buckets(50, [7]), 4, buckets(3, [7])), (buckets(50, [7, 5]), 0, buckets(50, [7, 5])),
        (buckets(0, [1, 2, 3, 4, 5, 6]), 1, buckets(0, [3, 7, 11])),
        (buckets(0, [1, 2, 3, 4, 5, 6]), 2, buckets(0, [10, 11])),
        (buckets(0, [1, 2, 3, 4, 5, 6]), 3, buckets(0, [21])),
        (buckets(5, [1, 2, 3, 4, 5, 6]), 1, buckets(2, [1, 5, 9, 6])),
        (buckets(7, [1, 2, 3, 4, 5, 6]), 2, buckets(1, [1, 14, 6])),
        (buckets(3, [1, 2, 3, 4, 5, 6]), 3, buckets(0, [15, 6])),
        (buckets(1, [1, 0, 1]), 1, buckets(0, [1, 1])),
        (buckets(-1, [1, 0, 3]), 1, buckets(-1, [1, 3])),
        (buckets(-4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 1, buckets(-2, [3, 7, 11, 15, 19])),
    ]

    private static func buckets(_ offset: Int32, _ counts: [UInt64]) -> ExponentialBuckets {
        ExponentialBuckets(offset: offset, counts: counts)
    }

    @Test func coarserRangesAreThoseOfOthers() {
        for (before, shift, after) in Self.downscales {
            #expect(before.coarser(by: shift) == after)
        }
    }

    /// Found by the differential test: the billion buckets between were once laid out in memory.
    @Test(.timeLimit(.minutes(1)))
    func distantValuesOfTwoThreadsAreUnitedWithoutTheBucketsBetween() throws {
        let histogram = ExponentialHistogramCell(
            maximumSize: 160, maximumScale: 20, hasNegative: false)
        let cell = try #require(OwnedCell(words: histogram.words))
        histogram.record(.leastNormalMagnitude, at: cell.offset)
        Threads.run(1) { [offset = cell.offset] _ in
            histogram.record(.greatestFiniteMagnitude, at: offset)
        }
        let reading = histogram.read(at: cell.offset)
        #expect(reading.count == 2)
        // 2046 octaves in 160 buckets: 16 of them in each.
        #expect(reading.scale == -4)
        #expect(reading.positive.counts.count == 128)
        #expect(reading.positive.counts.first == 1 && reading.positive.counts.last == 1)
    }
}
