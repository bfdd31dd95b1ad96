internal import CThreadCells

/// Copies a cell whose words are written between two steps of its first word, the sequence.
enum CellReader {
    /// A reader that is overtaken this often accepts what it has read last: it may then mix two
    /// records of a thread that writes without pause; the next collection corrects it.
    static let maximumAttempts = 100_000

    /// Copies `words` words, the sequence left out.
    static func copy(
        _ cell: UnsafeMutablePointer<UInt64>, _ words: Int, to copy: UnsafeMutablePointer<UInt64>
    ) {
        for _ in 0..<maximumAttempts {
            let before = tcells_read_begin(cell)
            for index in 1..<words {
                copy[index] = tcells_load(cell + index)
            }
            if before & 1 == 0, tcells_read_end(cell) == before { return }
        }
    }
}
