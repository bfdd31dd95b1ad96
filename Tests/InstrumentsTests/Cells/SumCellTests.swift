import CThreadCells
import TestSupport
import Testing

@testable import Instruments

@Suite struct SumCellTests {
    private func make() throws -> OwnedCell { try #require(OwnedCell(words: SumCell.words)) }

    @Test func aFreshCellIsZeroAndWithoutUpdates() throws {
        let cell = try make()
        #expect(SumCell.readInteger(at: cell.offset) == (0, 0))
        #expect(SumCell.readDouble(at: cell.offset) == (0, 0))
    }

    @Test func everyAddIsAnUpdateZeroToo() throws {
        let cell = try make()
        SumCell.add(Int64(0), at: cell.offset)
        SumCell.add(Int64(5), at: cell.offset)
        #expect(SumCell.readInteger(at: cell.offset) == (5, 2))
    }

    @Test func integersAreExactFromMoreThreadsThanBlocks() throws {
        let cell = try make()
        let threads = Threads.cores * 4 + 8
        let line = StartLine(threads)
        Threads.run(threads) { index in
            SumCell.add(Int64(index), at: cell.offset)
            // All are alive at once: the last ones share a cell.
            line.wait()
            for _ in 0..<2000 { SumCell.add(Int64(1), at: cell.offset) }
        }
        let expected = threads * 2000 + threads * (threads - 1) / 2
        let (value, updates) = SumCell.readInteger(at: cell.offset)
        #expect(value == Int128(expected) && updates == UInt64(threads * 2001))
    }

    @Test func doublesAreExactFromMoreThreadsThanBlocks() throws {
        let cell = try make()
        let threads = Threads.cores * 4 + 8
        let line = StartLine(threads)
        Threads.run(threads) { _ in
            SumCell.add(0.5, at: cell.offset)
            line.wait()
            for _ in 0..<2000 { SumCell.add(0.5, at: cell.offset) }
        }
        #expect(
            SumCell.readDouble(at: cell.offset)
                == (Double(threads * 2001) / 2, UInt64(threads * 2001)))
    }

    @Test func theSharedWayAddsAndSaturatesAlike() throws {
        let cell = try make()
        let threads = Threads.cores * 4 + 8
        let line = StartLine(threads)
        Threads.run(threads) { _ in
            SumCell.add(Int64(1), at: cell.offset)
            line.wait()
            SumCell.add(Int64.max, at: cell.offset)
            SumCell.add(Int64.max, at: cell.offset)
        }
        // Exactly that much if threads of other tests have all blocks, so that one cell is shared.
        #expect(SumCell.readInteger(at: cell.offset).value >= Int128(Int64.max))
    }

    /// The ways that lead past an end of the range and back.
    private static let ways: [(threads: [[Int64]], total: Int64)] = [
        ([[.max], [-20], [10]], .max - 10), ([[.max], [-.max], [5]], 5),
        ([[.max, 5, -.max], [0]], 5), ([[.max, 5], [-.max]], 5), ([[.min, -1], [.max, 2]], 0),
        ([[.max, .max], [.max, .max]], .max), ([[.min, .min, .min]], .min),
        ([[.min, -1, .max, 3]], 1),
    ]

    @Test(arguments: ways)
    func totalsThatFitAreExactWhateverTheWay(threads: [[Int64]], total: Int64) throws {
        // Threads that find all blocks taken by other tests share a word.
        let isExact = eventually {
            guard let cell = OwnedCell(words: SumCell.words) else { return false }
            let line = StartLine(threads.count)
            Threads.run(threads.count) { thread in
                for amount in threads[thread] { SumCell.add(amount, at: cell.offset) }
                line.wait()
            }
            let (value, updates) = SumCell.readInteger(at: cell.offset)
            #expect(updates == UInt64(threads.joined().count))
            return Int64(clamping: value) == total
        }
        #expect(isExact)
    }

    @Test(arguments: [
        (Int64.min, Int64(1), Int64.min), (.max, -1, .max), (.max, .min, .max), (.min, .max, .min),
        (5, 7, -2), (.max, .max, 0), (.min, .min, 0), (-1, .max, .min),
    ])
    func subtractionIsHeldAtTheEndsOfTheRange(left: Int64, right: Int64, rest: Int64) {
        #expect(left.subtractingSaturating(right) == rest)
    }

    @Test func aReaderNeverSeesASumFall() throws {
        let cell = try make()
        let writer = Threads.start {
            for _ in 0..<50_000 { SumCell.add(0.1, at: cell.offset) }
        }
        var last = 0.0
        for _ in 0..<2000 {
            let seen = SumCell.readDouble(at: cell.offset).value
            #expect(seen >= last)
            last = seen
        }
        Threads.join(writer)
    }

    @Test(arguments: [
        (Int64.max, Int64(1), Int64.max), (.max, .max, .max), (.min, -1, .min), (.min, .min, .min),
        (.max, .min, -1), (0, 0, 0), (.max - 1, 1, .max), (.min + 1, -1, .min), (-5, 7, 2),
    ])
    func additionIsHeldAtTheEndsOfTheRange(left: Int64, right: Int64, sum: Int64) {
        #expect(left.addingSaturating(right) == sum)
        #expect(right.addingSaturating(left) == sum)
    }
}
