import CThreadCells
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct HistogramCellTests {
    private func make(
        _ bounds: [Double] = HistogramBoundaries.standard
    ) throws -> (HistogramCell, OwnedCell) {
        let histogram = HistogramCell(bounds: bounds)
        return (histogram, try #require(OwnedCell(words: histogram.words)))
    }

    /// The specification's words, without any cleverness: the first bucket whose bound the value
    /// does not exceed.
    private func expectedBucket(_ value: Double, _ bounds: [Double]) -> Int {
        bounds.firstIndex { value <= $0 } ?? bounds.count
    }

    private static let boundsOfEverySize: [[Double]] = [
        [], [0], [1], HistogramBoundaries.standard, (0..<64).map { Double($0) * 0.1 },
        (0..<65).map { Double($0) * 0.1 }, (1...500).map { Double($0) / 7 },
        (0..<HistogramCell.maximumBounds).map(Double.init),
        [.leastNonzeroMagnitude, .leastNormalMagnitude, 1, .greatestFiniteMagnitude],
    ]

    @Test(arguments: boundsOfEverySize)
    func bucketsIncludeTheirUpperBoundAtEveryBoundaryAndUlp(bounds: [Double]) throws {
        let (histogram, cell) = try make(bounds)
        var expected = [UInt64](repeating: 0, count: bounds.count + 1)
        var values: [Double] = [0, .leastNonzeroMagnitude, 1e9, .greatestFiniteMagnitude]
        for bound in bounds {
            values += [bound.nextDown, bound, bound.nextUp].filter { $0 >= 0 && $0.isFinite }
        }
        for value in values {
            histogram.record(value, at: cell.offset)
            expected[expectedBucket(value, bounds)] += 1
            #expect(histogram.read(at: cell.offset).bucketCounts == expected, "value \(value)")
        }
        let reading = histogram.read(at: cell.offset)
        #expect(reading.count == UInt64(values.count))
        #expect(reading.minimum == values.min())
        #expect(reading.maximum == values.max())
    }

    @Test func randomValuesAreCountedAsASimpleHistogramCountsThem() throws {
        let seed: UInt64 = 97
        var random = SeededRandom(seed: seed)
        for size in [0, 3, 15, 63, 64, 65, 200, 507] {
            let bounds = (0..<size).map { Double($0 * $0) / 3 }
            let (histogram, cell) = try make(bounds)
            var counts = [UInt64](repeating: 0, count: size + 1)
            var (sum, minimum, maximum) = (0.0, Double.infinity, -Double.infinity)
            for _ in 0..<500 {
                let value = Double.random(in: 0...100_000, using: &random)
                histogram.record(value, at: cell.offset)
                counts[expectedBucket(value, bounds)] += 1
                sum += value
                (minimum, maximum) = (min(minimum, value), max(maximum, value))
            }
            let reading = histogram.read(at: cell.offset)
            #expect(reading.bucketCounts == counts, "seed \(seed), \(size) bounds")
            #expect(reading.minimum == minimum, "seed \(seed)")
            #expect(reading.maximum == maximum, "seed \(seed)")
            // Blocks are summed one by one; all values were added on this thread, or shared.
            #expect(abs(reading.sum - sum) <= sum * 1e-12, "seed \(seed)")
        }
    }

    @Test(arguments: [0, 5, 0.25, .leastNonzeroMagnitude, .greatestFiniteMagnitude])
    func oneValueIsMinimumAndMaximumAndSum(value: Double) throws {
        let (histogram, cell) = try make()
        histogram.record(value, at: cell.offset)
        let reading = histogram.read(at: cell.offset)
        #expect(reading.minimum == value)
        #expect(reading.maximum == value)
        #expect(reading.sum == value)
        #expect(reading.count == 1)
    }

    @Test func theMinimumOfPositiveValuesIsNotZero() throws {
        let (histogram, cell) = try make()
        for value in [7.0, 3, 9] { histogram.record(value, at: cell.offset) }
        let reading = histogram.read(at: cell.offset)
        #expect(reading.minimum == 3)
        #expect(reading.maximum == 9)
    }

    @Test func extremesOfAllThreadsCount() throws {
        let (histogram, cell) = try make()
        Threads.run(16) { histogram.record(Double($0 + 10), at: cell.offset) }
        let reading = histogram.read(at: cell.offset)
        #expect(reading.minimum == 10)
        #expect(reading.maximum == 25)
        #expect(reading.sum == 280)
        #expect(reading.count == 16)
    }

    @Test func recordsAreExactFromMoreThreadsThanBlocks() throws {
        let (histogram, cell) = try make([0.5, 1.5])
        let threads = Threads.cores * 4 + 8
        let line = StartLine(threads)
        Threads.run(threads) { index in
            histogram.record(0, at: cell.offset)
            line.wait()
            for _ in 0..<1000 { histogram.record(Double(1 + index % 2), at: cell.offset) }
        }
        let half = UInt64(threads / 2) * 1000
        let reading = histogram.read(at: cell.offset)
        #expect(reading.bucketCounts == [UInt64(threads), half, half])
        #expect(reading.sum == Double(half) * 3)
        #expect((reading.minimum, reading.maximum) == (0, 2))
    }

    /// Every record is 1, so whatever instant a reader sees, the sum is the count.
    @Test func aReaderBesideWritersOfTheirOwnCellsSeesNothingTorn() throws {
        let (histogram, cell) = try make([0.5, 1])
        let records = 100_000
        let writers = (0..<3).map { _ in
            Threads.start {
                // Other tests' threads may hold all blocks: they end.
                var patience = 10_000_000
                while tcells_private(cell.offset) == nil, patience > 0 {
                    patience -= 1
                    sched_yield()
                }
                #expect(patience > 0)
                for index in 0..<records {
                    histogram.record(1, at: cell.offset)
                    // A hammering writer may starve the reader, by design.
                    if index % 100 == 0 { sched_yield() }
                }
            }
        }
        var collections = 0
        var last: UInt64 = 0
        while last < UInt64(writers.count * records), collections < 2_000_000 {
            let reading = histogram.read(at: cell.offset)
            #expect(reading.sum == Double(reading.count))
            #expect(reading.count >= last)
            if reading.count > 0 {
                #expect((reading.minimum, reading.maximum) == (1, 1))
            }
            last = reading.count
            collections += 1
        }
        writers.forEach(Threads.join)
        #expect(histogram.read(at: cell.offset).count == UInt64(writers.count * records))
        #expect(collections > 1)
    }
}
