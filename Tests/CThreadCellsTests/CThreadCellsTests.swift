import CThreadCells
import Glibc
import TestSupport
import Testing

/// The tests share the process's blocks with all others: each uses a cell size of its own, so that
/// nobody else is given its freed cells.
@Suite struct CThreadCellsTests {
    /// The sum of the cell's first words over all blocks.
    private func total(_ offset: UInt32, word: Int = 0) -> UInt64 {
        (0..<tcells_block_count()).reduce(0) { sum, block in
            sum &+ (tcells_cell_in_block(block, offset).map { tcells_load($0 + word) } ?? 0)
        }
    }

    /// Adds one to the cell in the calling thread's block, or in the shared one.
    private func addOne(_ offset: UInt32) {
        if let cell = tcells_private(offset) {
            tcells_store(cell, tcells_load(cell) + 1)
        } else if let cell = tcells_shared(offset) {
            _ = tcells_fetch_add(cell, 1)
        }
    }

    private var blockLimit: UInt32 {
        min(UInt32(Threads.cores) * 4, TCELLS_MAX_BLOCKS) + 1
    }

    @Test(arguments: [0, TCELLS_PAGE_WORDS + 1, .max])
    func aCellOfImpossibleSizeIsRefused(words: UInt32) {
        #expect(tcells_allocate(words) == UInt32.max)
    }

    @Test(arguments: [1, 2, 301, TCELLS_PAGE_WORDS - 1, TCELLS_PAGE_WORDS])
    func cellsNeitherOverlapNorCrossAPage(words: UInt32) {
        let offsets = (0..<40).map { _ in tcells_allocate(words) }
        defer { offsets.forEach { tcells_free($0, words) } }
        #expect(!offsets.contains(UInt32.max))
        for offset in offsets {
            #expect(offset / TCELLS_PAGE_WORDS == (offset + words - 1) / TCELLS_PAGE_WORDS)
        }
        let sorted = offsets.sorted()
        for (left, right) in zip(sorted, sorted.dropFirst()) {
            #expect(left + words <= right)
        }
    }

    @Test func aFreedCellComesBackZeroedInAllBlocks() throws {
        let words: UInt32 = 397
        let offset = tcells_allocate(words)
        try #require(offset != UInt32.max)
        Threads.run(4) { index in
            for word in 0..<Int(words) {
                tcells_private(offset).map { tcells_store($0 + word, UInt64(index + 1)) }
                tcells_shared(offset).map { _ = tcells_fetch_add($0 + word, 7) }
            }
        }
        #expect(total(offset, word: Int(words) - 1) >= 28)
        tcells_free(offset, words)
        let again = tcells_allocate(words)
        defer { tcells_free(again, words) }
        #expect(again == offset)
        for word in 0..<Int(words) {
            #expect(total(again, word: word) == 0)
        }
    }

    @Test func aCellOfOneSizeIsNotGivenToAnother() {
        let small = tcells_allocate(311)
        tcells_free(small, 311)
        let other = tcells_allocate(313)
        let same = tcells_allocate(311)
        #expect(other != small)
        #expect(same == small)
        tcells_free(other, 313)
        tcells_free(same, 311)
    }

    @Test func aThreadFindsTheSameWordsAgainAndOthersDoNot() throws {
        let offset = tcells_allocate(303)
        defer { tcells_free(offset, 303) }
        let line = StartLine(2)
        Threads.run(2) { _ in
            // Both hold their blocks before either compares.
            let first = tcells_private(offset)
            line.wait()
            #expect(tcells_private(offset) == first)
            addOne(offset)
        }
        #expect(total(offset) == 2)
    }

    @Test func totalsAreExactWithMoreThreadsThanBlocks() {
        let offset = tcells_allocate(305)
        defer { tcells_free(offset, 305) }
        let threads = Int(blockLimit) + 16
        let line = StartLine(threads)
        Threads.run(threads) { _ in
            addOne(offset)
            // All are alive: some have to share.
            line.wait()
            for _ in 0..<2000 { addOne(offset) }
        }
        #expect(total(offset) == UInt64(threads) * 2001)
        #expect(tcells_cell_in_block(0, offset).map { tcells_load($0) } ?? 0 > 0)
        #expect(tcells_block_count() <= blockLimit)
    }

    @Test func thousandsOfThreadsLeaveTheirValuesAndABoundedNumberOfBlocks() {
        let offset = tcells_allocate(307)
        defer { tcells_free(offset, 307) }
        for _ in 0..<500 {
            Threads.run(8) { _ in
                for _ in 0..<10 { addOne(offset) }
            }
        }
        #expect(total(offset) == 500 * 8 * 10)
        #expect(tcells_block_count() <= blockLimit)
    }

    @Test func theBlocksOfEndedThreadsAreTakenOver() {
        let offset = tcells_allocate(315)
        defer { tcells_free(offset, 315) }
        // More threads than blocks, one after the other: each finds a block that another has left,
        // as soon as those of other tests do not hold them all.
        for _ in 0..<(3 * Int(blockLimit)) {
            Threads.run(1) { _ in
                var patience = 10_000_000
                while tcells_private(offset) == nil, patience > 0 {
                    patience -= 1
                    sched_yield()
                }
                #expect(patience > 0)
                addOne(offset)
            }
        }
        #expect(total(offset) == UInt64(3 * Int(blockLimit)))
        #expect(tcells_cell_in_block(0, offset).map { tcells_load($0) } ?? 0 == 0)
    }

    @Test func allocatingFromManyThreadsNeverGivesACellTwice() {
        let words: UInt32 = 309
        let owner = tcells_allocate(words)
        defer { tcells_free(owner, words) }
        Threads.run(8) { index in
            for _ in 0..<200 {
                let offset = tcells_allocate(words)
                guard let cell = tcells_shared(offset) else { continue }
                // Whoever else was given this cell would be seen here.
                #expect(tcells_fetch_add(cell, UInt64(index) + 1) == 0)
                sched_yield()
                #expect(tcells_load(cell) == UInt64(index) + 1)
                tcells_free(offset, words)
            }
        }
    }

    @Test func aReaderOfAnUntouchedCellFindsNothing() {
        let offset = tcells_allocate(TCELLS_PAGE_WORDS)
        defer { tcells_free(offset, TCELLS_PAGE_WORDS) }
        #expect(total(offset) == 0)
    }

    @Test func theSequenceIsOddExactlyWhileAWriterIsInside() {
        var sequence: UInt64 = 0
        #expect(tcells_read_begin(&sequence) & 1 == 0)
        tcells_write_begin(&sequence)
        #expect(tcells_read_begin(&sequence) & 1 == 1)
        tcells_write_end(&sequence)
        #expect(tcells_read_begin(&sequence) & 1 == 0)
        #expect(tcells_read_end(&sequence) == 2)
    }

    @Test func compareExchangeAnswersWhatItFound() {
        var word: UInt64 = 5
        #expect(tcells_compare_exchange(&word, 4, 9) == 5)
        #expect(word == 5)
        #expect(tcells_compare_exchange(&word, 5, 9) == 5)
        #expect(word == 9)
    }
}
