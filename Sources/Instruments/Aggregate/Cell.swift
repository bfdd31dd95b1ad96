internal import CThreadCells

/// Where the words of a cell are, in the block of every thread.
///
/// The cell is reserved for as long as this object lives: whoever can write to it holds it.
final class Cell: Sendable {
    let offset: UInt32
    private let words: Int

    /// Where nothing is: what is written there is dropped and counted.
    static let noOffset = UInt32.max

    /// Nil when cell memory is exhausted.
    init?(words: Int) {
        guard let wanted = UInt32(exactly: words) else { return nil }
        offset = tcells_allocate(wanted)
        self.words = words
        if offset == Self.noOffset { return nil }
    }

    deinit {
        if offset != Self.noOffset {
            tcells_free(offset, UInt32(words))
        }
    }
}
