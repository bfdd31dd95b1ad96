internal import CThreadCells

/// The words of a gauge: the last value's bits, and how often it was recorded.
///
/// A last value has no order between threads, so all threads write to the shared block.
enum GaugeCell {
    static let words = 2

    static func record(_ bits: UInt64, at offset: UInt32) {
        guard let cell = tcells_shared(offset) else { return }
        tcells_store(cell, bits)
        _ = tcells_fetch_add(cell + 1, 1)
    }

    static func read(at offset: UInt32) -> (bits: UInt64, updates: UInt64) {
        // Block 0 is the shared one.
        guard let cell = tcells_cell_in_block(0, offset) else { return (0, 0) }
        let updates = tcells_load(cell + 1)
        return (tcells_load(cell), updates)
    }
}
