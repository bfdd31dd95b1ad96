import CThreadCells
import Testing

@testable import Instruments

@Suite struct CellTests {
    @Test(arguments: [0, -1, Int(TCELLS_PAGE_WORDS) + 1, Int.max])
    func anImpossibleSizeGivesNoCell(words: Int) {
        #expect(OwnedCell(words: words) == nil)
    }

    @Test func theWordsAreGivenBackWithTheCellAndComeBackZeroed() throws {
        // Nobody else uses cells of this size.
        let words = 409
        var cell = OwnedCell(words: words)
        let offset = try #require(cell?.offset)
        for word in 0..<words {
            tcells_shared(offset).map { tcells_store($0 + word, 5) }
        }
        cell = nil
        let again = try #require(OwnedCell(words: words))
        #expect(again.offset == offset)
        for word in 0..<words {
            #expect(tcells_shared(offset).map { tcells_load($0 + word) } == 0)
        }
    }
}
