import CThreadCells
import Testing

@testable import Instruments

@Suite struct CellReaderTests {
    /// The sequence and one more word.
    private func withCell(_ body: (UnsafeMutablePointer<UInt64>) -> Void) {
        var cell: [UInt64] = [0, 0]
        cell.withUnsafeMutableBufferPointer { $0.baseAddress.map(body) }
    }

    private func read(
        _ cell: UnsafeMutablePointer<UInt64>, pause: () -> Void
    ) -> UInt64 {
        var copy: [UInt64] = [0, 0]
        copy.withUnsafeMutableBufferPointer { copy in
            guard let base = copy.baseAddress else { return }
            CellReader.copy(cell, 2, to: base, pause: pause)
        }
        return copy[1]
    }

    @Test func aCellThatNobodyWritesIsReadAtOnce() {
        withCell { cell in
            tcells_store(cell + 1, 7)
            var pauses = 0
            #expect(read(cell) { pauses += 1 } == 7)
            #expect(pauses == 0)
        }
    }

    /// A thread that was stopped in the middle of a record gets the time to end it.
    @Test func aWriterThatWasStoppedIsGivenWay() {
        withCell { cell in
            tcells_write_begin(cell)
            tcells_store(cell + 1, 7)
            var pauses = 0
            let value = read(cell) {
                pauses += 1
                guard pauses == 3 else { return }
                tcells_store(cell + 1, 8)
                tcells_write_end(cell)
            }
            #expect(value == 8)
            #expect(pauses == 3)
        }
    }

    /// In a forked child the thread that was writing is gone: a reader does not wait for ever.
    @Test func aWriterThatNeverEndsIsNotWaitedFor() {
        withCell { cell in
            tcells_write_begin(cell)
            tcells_store(cell + 1, 7)
            var pauses = 0
            #expect(read(cell) { pauses += 1 } == 7)
            #expect(pauses == CellReader.maximumAttempts / CellReader.attemptsBetweenPauses)
        }
    }
}
