import TestSupport
import Testing

@testable import Instruments

@Suite struct ExponentialHistogramCellTests {
    private func make(
        size: Int = 160, scale: Int32 = 20, negative: Bool = false
    ) throws -> (ExponentialHistogramCell, OwnedCell) {
        let cell = ExponentialHistogramCell(
            maximumSize: size, maximumScale: scale, hasNegative: negative)
        return (cell, try #require(OwnedCell(words: cell.words)))
    }

    /// What one pass over all values gives: the largest scale at which both signs fit.
    private func expected(_ values: [Double], size: Int, scale: Int32) -> (Int32, [Int32: UInt64]) {
        var scale = scale
        while true {
            let positive = values.filter { $0 > 0 }.map {
                ExponentialMapping.shared.index(of: $0, scale: scale)
            }
            let negative = values.filter { $0 < 0 }.map {
                ExponentialMapping.shared.index(of: -$0, scale: scale)
            }
            let fits = [positive, negative].allSatisfy { indices in
                guard let first = indices.min(), let last = indices.max() else { return true }
                return Int(last) - Int(first) < size
            }
            if fits {
                return (scale, positive.reduce(into: [:]) { $0[$1, default: 0] += 1 })
            }
            scale -= 1
        }
    }

    private func counts(_ buckets: ExponentialBuckets) -> [Int32: UInt64] {
        var counts: [Int32: UInt64] = [:]
        for (position, count) in buckets.counts.enumerated() where count > 0 {
            counts[buckets.offset + Int32(position)] = count
        }
        return counts
    }

    @Test func emptyAndZero() throws {
        let (cell, memory) = try make()
        #expect(cell.read(at: memory.offset).count == 0)
        #expect(cell.read(at: memory.offset).scale == 20)
        cell.record(0, at: memory.offset)
        cell.record(-0.0, at: memory.offset)
        let reading = cell.read(at: memory.offset)
        #expect(reading.zeroCount == 2 && reading.count == 2 && reading.sum == 0)
        #expect(reading.minimum == 0 && reading.maximum == 0)
        #expect(reading.positive.counts.isEmpty && reading.scale == 20)
    }

    /// A6.24
    @Test(
        arguments: [Double.leastNonzeroMagnitude, 1, 3.7, .greatestFiniteMagnitude],
        [Int32(20), 3, -10])
    func oneValueKeepsTheLargestScale(value: Double, scale: Int32) throws {
        let (cell, memory) = try make(scale: scale)
        for _ in 0..<5 { cell.record(value, at: memory.offset) }
        let reading = cell.read(at: memory.offset)
        #expect(reading.scale == scale)
        #expect(reading.positive.counts == [5])
        #expect(reading.positive.offset == ExponentialMapping.shared.index(of: value, scale: scale))
        #expect(reading.minimum == value && reading.maximum == value)
    }

    /// A6.20, A6.22: two buckets are enough for everything.
    @Test func twoBucketsHoldTheWholeRange() throws {
        let (cell, memory) = try make(size: 2, negative: true)
        let values: [Double] = [
            1, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude, 0,
        ]
        for value in values { cell.record(value, at: memory.offset) }
        for value in values { cell.record(-value, at: memory.offset) }
        let reading = cell.read(at: memory.offset)
        #expect(reading.count == 10 && reading.zeroCount == 2)
        #expect(reading.positive.counts.count <= 2 && reading.negative.counts.count <= 2)
        #expect(reading.positive == reading.negative)
        #expect(reading.scale == -11)
    }

    /// A6.25, A6.27: over random programs the scale is ideal and every value is in its bucket.
    @Test(arguments: 0..<60)
    func theScaleIsIdeal(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let size = random.pick([2, 3, 4, 20, 160, 250])
        let scale = random.pick([Int32(20), 10, 5, 0, -4])
        let (cell, memory) = try make(size: size, scale: scale, negative: true)
        let spread = random.pick([0.001, 1, 30, 1000])
        var values: [Double] = []
        for _ in 0..<Int.random(in: 1..<200, using: &random) {
            let exponent = Int(Double.random(in: -spread..<spread, using: &random))
            let sign: FloatingPointSign = random.oneIn(3) ? .minus : .plus
            values.append(
                random.oneIn(10)
                    ? 0
                    : Double(
                        sign: sign, exponent: exponent,
                        significand: Double.random(in: 1..<2, using: &random)))
        }
        for value in values { cell.record(value, at: memory.offset) }
        let reading = cell.read(at: memory.offset)
        let (ideal, buckets) = expected(values, size: size, scale: scale)
        #expect(reading.scale == ideal, "seed \(seed)")
        #expect(reading.count == UInt64(values.count), "seed \(seed)")
        #expect(reading.minimum == values.min() && reading.maximum == values.max())
        // Above scale 10 a value next to a bound may have been counted one bucket off.
        if ideal <= 10 && scale <= 10 {
            #expect(counts(reading.positive) == buckets, "seed \(seed)")
        }
        #expect(reading.positive.count == UInt64(values.count { $0 > 0 }), "seed \(seed)")
        #expect(reading.negative.count == UInt64(values.count { $0 < 0 }), "seed \(seed)")
    }

    /// Threads with values of different magnitude have cells of different scales.
    @Test func threadsOfDifferentScalesMerge() throws {
        let (cell, memory) = try make(size: 20)
        let offset = memory.offset
        Threads.run(6) { thread in
            for step in 0..<500 {
                let value = Double(
                    sign: .plus, exponent: thread * 10, significand: 1 + Double(step) / 1000)
                cell.record(value, at: offset)
            }
        }
        let reading = cell.read(at: offset)
        #expect(reading.count == 3000)
        #expect(reading.positive.counts.count <= 20)
        #expect(
            reading.minimum == 1
                && reading.maximum == Double(sign: .plus, exponent: 50, significand: 1.499))
        let single = try make(size: 20)
        for thread in 0..<6 {
            for step in 0..<500 {
                let value = Double(
                    sign: .plus, exponent: thread * 10, significand: 1 + Double(step) / 1000)
                single.0.record(value, at: single.1.offset)
            }
        }
        #expect(single.0.read(at: single.1.offset).positive == reading.positive)
        #expect(single.0.read(at: single.1.offset).scale == reading.scale)
    }

    /// More threads than blocks: those without one share the shared block, and readers beside them
    /// see nothing torn.
    @Test func theSharedPathIsExact() throws {
        let (cell, memory) = try make(size: 10)
        let offset = memory.offset
        let count = Threads.cores * 4 + 8
        let line = StartLine(count)
        let threads = (0..<count).map { thread in
            Threads.start {
                cell.record(1, at: offset)
                // All have come, so all blocks are taken.
                line.wait()
                for step in 0..<300 { cell.record(Double(step % 7) * 100, at: offset) }
            }
        }
        for _ in 0..<200 {
            let reading = cell.read(at: offset)
            #expect(reading.count == reading.zeroCount + reading.positive.count)
        }
        threads.forEach(Threads.join)
        let reading = cell.read(at: offset)
        #expect(reading.count == UInt64(count * 301))
        #expect(reading.zeroCount == UInt64(count * 43))
        let perThread = (0..<300).reduce(1) { $0 + ($1 % 7) * 100 }
        #expect(reading.sum == Double(count * perThread))
    }

    @Test func aSumBeyondTheRangeIsHeld() throws {
        let (cell, memory) = try make()
        for _ in 0..<3 { cell.record(.greatestFiniteMagnitude, at: memory.offset) }
        #expect(cell.read(at: memory.offset).sum == .greatestFiniteMagnitude)
    }

    @Test(arguments: [(Int.min, Int32.min), (.max, .max), (0, 0), (1, 21), (251, -11)])
    func sizesAndScalesAreHeldInRange(size: Int, scale: Int32) throws {
        let (cell, memory) = try make(size: size, scale: scale, negative: true)
        #expect(ExponentialHistogramCell.sizeRange.contains(cell.maximumSize))
        #expect(ExponentialHistogramCell.scaleRange.contains(cell.maximumScale))
        #expect(cell.words <= 512)
        for value in [1, 1e300, -1e-300] { cell.record(value, at: memory.offset) }
        #expect(cell.read(at: memory.offset).count == 3)
    }
}
