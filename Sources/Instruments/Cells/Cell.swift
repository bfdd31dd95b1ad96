internal import CThreadCells

/// Where the words of a cell are, in the block of every thread.
///
/// The cell is reserved for as long as this value lives: whoever can write to it holds it.
struct Cell: ~Copyable {
    let offset: UInt32
    private let words: UInt16

    /// Where nothing is: what is written there is dropped and counted.
    static let noOffset = UInt32.max

    /// Nil when cell memory is exhausted.
    init?(words: Int) {
        guard let wanted = UInt16(exactly: words) else { return nil }
        let offset = tcells_allocate(UInt32(wanted))
        if offset == Self.noOffset { return nil }
        self.offset = offset
        self.words = wanted
    }

    deinit {
        tcells_free(offset, UInt32(words))
    }
}
