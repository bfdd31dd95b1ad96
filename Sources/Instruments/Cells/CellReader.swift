internal import CThreadCells
internal import Glibc

/// Copies a cell whose words are written between two steps of its first word, the sequence.
enum CellReader {
    /// A reader that is overtaken this often accepts what it has read last: it may then mix two
    /// records of a thread that writes without pause; the next collection corrects it.
    static let maximumAttempts = 100_000
    /// After so many attempts a reader that finds the writer in the middle of a record gives way to
    /// it: the system may have stopped that thread there, for longer than all attempts take.
    static let attemptsBetweenPauses = 1000
    /// How long it gives way each time, in nanoseconds: a twentieth of a second in all at the most.
    private static let pauseLength = 500_000

    /// Copies `words` words, the sequence left out.
    ///
    /// - Parameter pause: gives way to the writer.
    static func copy(
        _ cell: UnsafeMutablePointer<UInt64>, _ words: Int,
        to copy: UnsafeMutablePointer<UInt64>, pause: () -> Void = Self.pause
    ) {
        for attempt in 1...maximumAttempts {
            let before = tcells_read_begin(cell)
            for index in 1..<words {
                copy[index] = tcells_load(cell + index)
            }
            let isWhole = before & 1 == 0
            if isWhole, tcells_read_end(cell) == before { return }
            if !isWhole, attempt % attemptsBetweenPauses == 0 { pause() }
        }
    }

    private static func pause() {
        var length = timespec(tv_sec: 0, tv_nsec: pauseLength)
        nanosleep(&length, nil)
    }
}
