internal import CThreadCells

/// The words of an explicit-bucket histogram: sequence, sum, minimum, maximum, then the buckets.
///
/// The count is not stored: it is the sum of the buckets, so count and buckets agree by
/// construction (checklist A6.8). A thread's own words are written between two steps of the
/// sequence, so that a reader sees sum, minimum, maximum and buckets of the same records. Minimum
/// and maximum are stored XOR the bits of +∞ and −∞: zeroed words read as "none yet".
final class HistogramCell: Sendable {
    /// Upper bounds, inclusive, strictly increasing; one bucket more than bounds.
    let bounds: [Double]
    // SAFETY: a copy of `bounds` for the hot path, written before this object is published, read
    // only afterwards, freed with its last reference. Filled up with +∞, which no value exceeds.
    nonisolated(unsafe) private let lanes: UnsafeMutableBufferPointer<SIMD4<Double>>

    /// More buckets would not fit into a page of cells.
    static let maximumBounds = Int(TCELLS_PAGE_WORDS) - firstBucket - 1
    private static let firstBucket = 4
    /// Up to this many groups of four bounds are counted; of more, half is left out first.
    private static let countedLanes = 8
    /// The bits of +∞ and −∞, as literals: a computed constant would be a lazy global.
    private static let lowest: UInt64 = 0x7FF0_0000_0000_0000
    private static let highest: UInt64 = 0xFFF0_0000_0000_0000

    /// Stands where there is no histogram.
    static let unused = HistogramCell(bounds: [])

    init(bounds: [Double]) {
        self.bounds = bounds
        lanes = .allocate(capacity: (bounds.count + 3) / 4)
        lanes.initialize(repeating: SIMD4(repeating: .infinity))
        for (index, bound) in bounds.enumerated() {
            lanes[index / 4][index % 4] = bound
        }
    }

    deinit {
        lanes.deallocate()
    }

    var words: Int { Self.firstBucket + bounds.count + 1 }

    /// NaN and infinities are the caller's to refuse.
    func record(_ value: Double, at offset: UInt32) {
        if let cell = tcells_private(offset) {
            write(value, cell)
        } else if let cell = tcells_shared(offset) {
            // Several threads at once: they take turns, so that a reader sees the sum of the
            // records that it counts.
            tcells_touch_lock(offset)
            write(value, cell)
            tcells_touch_unlock(offset)
        }
    }

    @inline(__always)
    private func write(_ value: Double, _ cell: UnsafeMutablePointer<UInt64>) {
        let bucket = cell + (Self.firstBucket &+ index(of: value))
        tcells_write_begin(cell)
        tcells_store(bucket, tcells_load(bucket) &+ 1)
        tcells_store(cell + 1, (Double(bitPattern: tcells_load(cell + 1)) + value).bitPattern)
        if value < Double(bitPattern: tcells_load(cell + 2) ^ Self.lowest) {
            tcells_store(cell + 2, value.bitPattern ^ Self.lowest)
        }
        if value > Double(bitPattern: tcells_load(cell + 3) ^ Self.highest) {
            tcells_store(cell + 3, value.bitPattern ^ Self.highest)
        }
        tcells_write_end(cell)
    }

    /// The histogram over all threads.
    func read(at offset: UInt32) -> Reading {
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        defer { copy.deallocate() }
        return read(at: offset, by: copy)
    }

    /// The histogram over all threads.
    ///
    /// - Parameter copy: room for the words of a cell.
    func read(at offset: UInt32, by copy: UnsafeMutablePointer<UInt64>) -> Reading {
        var total = Reading(bucketCounts: Array(repeating: 0, count: bounds.count + 1))
        for block in 0..<tcells_block_count() {
            guard let cell = tcells_cell_in_block(block, offset) else { continue }
            CellReader.copy(cell, words, to: copy)
            total.sum = (total.sum + Double(bitPattern: copy[1]).heldFinite).heldFinite
            total.minimum = min(total.minimum, Double(bitPattern: copy[2] ^ Self.lowest))
            total.maximum = max(total.maximum, Double(bitPattern: copy[3] ^ Self.highest))
            total.bucketCounts.withUnsafeMutableBufferPointer { counts in
                for bucket in counts.indices { counts[bucket] &+= copy[Self.firstBucket + bucket] }
            }
        }
        return total
    }

    /// The first bucket whose upper bound is not below the value: the number of bounds below it.
    /// Counting them four at a time, without a branch, is faster than searching up to some dozens.
    private func index(of value: Double) -> Int {
        var first = 0
        var count = lanes.count
        // Of many lanes the half that can't hold the answer is left out, until few are left.
        while count > Self.countedLanes {
            let half = count / 2
            if value > lanes[first &+ half &- 1][3] { first = first &+ half }
            count = count &- half
        }
        let wanted = SIMD4<Double>(repeating: value)
        var below = SIMD4<Int64>.zero
        for lane in 0..<count {
            below.replace(with: below &+ 1, where: wanted .> lanes[first &+ lane])
        }
        return first &* 4 &+ Int(below.wrappedSum())
    }

    /// What a histogram holds; minimum and maximum are +∞ and −∞ while it is empty.
    struct Reading {
        var bucketCounts: [UInt64]
        var sum = 0.0
        var minimum = Double.infinity
        var maximum = -Double.infinity

        var count: UInt64 { bucketCounts.reduce(0, &+) }
    }
}
