internal import CThreadCells

/// A word of the shared block, changed by several threads.
enum SharedWord {
    /// Replaces the word by `change` of it, atomically, without a lock.
    static func update(_ word: UnsafeMutablePointer<UInt64>, _ change: (UInt64) -> UInt64) {
        var seen = tcells_load(word)
        while true {
            let found = tcells_compare_exchange(word, seen, change(seen))
            if found == seen { return }
            seen = found
        }
    }
}
