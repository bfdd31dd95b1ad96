internal import CThreadCells

/// The words of a sum: the value, and how often it was added to.
///
/// Nothing wraps. What would overflow a thread's own word goes to the shared one, and the words are
/// added up in 128 bits, so integer sums that fit are exact whatever the way to them, until one
/// thread's amounts pass both ends of two words. Then, as any total outside Int64, they saturate.
/// The update count makes `add(0)` a measurement.
enum SumCell {
    static let words = 2

    static func add(_ amount: Int64, at offset: UInt32) {
        if let cell = tcells_private(offset) {
            let (sum, isOverflow) = Int64(bitPattern: tcells_load(cell))
                .addingReportingOverflow(amount)
            guard !isOverflow else { return addShared(amount, at: offset) }
            tcells_store(cell, UInt64(bitPattern: sum))
            tcells_store(cell + 1, tcells_load(cell + 1) &+ 1)
        } else {
            addShared(amount, at: offset)
        }
    }

    @inline(never)
    private static func addShared(_ amount: Int64, at offset: UInt32) {
        if let cell = tcells_shared(offset) {
            SharedWord.update(cell) { word in
                UInt64(bitPattern: Int64(bitPattern: word).addingSaturating(amount))
            }
            _ = tcells_fetch_add(cell + 1, 1)
        }
    }

    static func add(_ amount: Double, at offset: UInt32) {
        if let cell = tcells_private(offset) {
            tcells_store(cell, (Double(bitPattern: tcells_load(cell)) + amount).bitPattern)
            tcells_store(cell + 1, tcells_load(cell + 1) &+ 1)
        } else if let cell = tcells_shared(offset) {
            SharedWord.update(cell) { (Double(bitPattern: $0) + amount).bitPattern }
            _ = tcells_fetch_add(cell + 1, 1)
        }
    }

    /// The sum over all threads, and its number of updates.
    static func readInteger(at offset: UInt32) -> (value: Int128, updates: UInt64) {
        var value: Int128 = 0
        var updates: UInt64 = 0
        for block in 0..<tcells_block_count() {
            guard let cell = tcells_cell_in_block(block, offset) else { continue }
            // Updates first: an add under way may be seen as a value, never as an update alone.
            updates &+= tcells_load(cell + 1)
            // Far from overflow: there are at most 257 blocks.
            value &+= Int128(Int64(bitPattern: tcells_load(cell)))
        }
        return (value, updates)
    }

    /// The sum over all threads, and its number of updates.
    ///
    /// Blocks are added in a fixed order, so a sum whose parts only grow never falls by rounding.
    static func readDouble(at offset: UInt32) -> (value: Double, updates: UInt64) {
        var value = 0.0
        var updates: UInt64 = 0
        for block in 0..<tcells_block_count() {
            guard let cell = tcells_cell_in_block(block, offset) else { continue }
            updates &+= tcells_load(cell + 1)
            value = (value + Double(bitPattern: tcells_load(cell)).heldFinite).heldFinite
        }
        return (value, updates)
    }
}
