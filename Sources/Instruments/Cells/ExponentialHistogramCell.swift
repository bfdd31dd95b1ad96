internal import CThreadCells

/// The words of a base-2 exponential histogram: sequence, sum, minimum, maximum, zero count, scale
/// and anchors, then the buckets of both signs (checklist A6.20 to A6.29).
///
/// A bucket's word is found by its distance from the range's anchor. A value outside moves the
/// anchor, or makes the scale coarser by as little as makes the whole range fit: the scale is ideal
/// at every instant. Zeroed words are an empty histogram at the largest scale.
final class ExponentialHistogramCell: Sendable {
    let maximumSize: Int
    let maximumScale: Int32
    /// Whether buckets for negative values are kept; they cost as much memory as the others.
    let hasNegative: Bool
    private let mapping = ExponentialMapping.shared

    /// Stands where there is no histogram.
    static let unused = ExponentialHistogramCell(
        maximumSize: 2, maximumScale: 0, hasNegative: false)
    /// With both signs more would not fit into a page of cells.
    static let sizeRange = 2...250
    static let scaleRange = ExponentialMapping.minimumScale...ExponentialMapping.maximumScale

    private static let sum = 1
    private static let minimum = 2
    private static let maximum = 3
    private static let zeroCount = 4
    /// Low half: by how much the scale is coarser than the largest; high half: unused.
    private static let coarseness = 5
    private static let positiveAnchor = 6
    private static let negativeAnchor = 7
    private static let firstBucket = 8
    private static let lowest: UInt64 = 0x7FF0_0000_0000_0000
    private static let highest: UInt64 = 0xFFF0_0000_0000_0000

    init(maximumSize: Int, maximumScale: Int32, hasNegative: Bool) {
        self.maximumSize = min(
            max(maximumSize, Self.sizeRange.lowerBound), Self.sizeRange.upperBound)
        self.maximumScale = min(
            max(maximumScale, Self.scaleRange.lowerBound), Self.scaleRange.upperBound)
        self.hasNegative = hasNegative
    }

    var words: Int { Self.firstBucket + maximumSize * (hasNegative ? 2 : 1) }

    /// NaN, infinities, and negative values where `hasNegative` is false, are the caller's to
    /// refuse.
    func record(_ value: Double, at offset: UInt32) {
        if let cell = tcells_private(offset) {
            tcells_write_begin(cell)
            write(value, cell)
            tcells_write_end(cell)
        } else if let cell = tcells_shared(offset) {
            recordShared(value, cell, offset)
        }
    }

    /// Several threads at once: they take turns, since a change of scale touches all buckets.
    private func recordShared(
        _ value: Double, _ cell: UnsafeMutablePointer<UInt64>, _ offset: UInt32
    ) {
        tcells_touch_lock(offset)
        tcells_write_begin(cell)
        write(value, cell)
        tcells_write_end(cell)
        tcells_touch_unlock(offset)
    }

    private func write(_ value: Double, _ cell: UnsafeMutablePointer<UInt64>) {
        if value > 0 {
            count(value, cell, Self.positiveAnchor, cell + Self.firstBucket)
        } else if value < 0 {
            count(-value, cell, Self.negativeAnchor, cell + (Self.firstBucket &+ maximumSize))
        } else {
            tcells_store(cell + Self.zeroCount, tcells_load(cell + Self.zeroCount) &+ 1)
        }
        let sum = cell + Self.sum
        tcells_store(sum, (Double(bitPattern: tcells_load(sum)) + value).bitPattern)
        if value < Double(bitPattern: tcells_load(cell + Self.minimum) ^ Self.lowest) {
            tcells_store(cell + Self.minimum, value.bitPattern ^ Self.lowest)
        }
        if value > Double(bitPattern: tcells_load(cell + Self.maximum) ^ Self.highest) {
            tcells_store(cell + Self.maximum, value.bitPattern ^ Self.highest)
        }
    }

    private func count(
        _ magnitude: Double, _ cell: UnsafeMutablePointer<UInt64>, _ anchor: Int,
        _ buckets: UnsafeMutablePointer<UInt64>
    ) {
        let index = mapping.index(of: magnitude, scale: scale(cell))
        let slot = Int(index) &- Int(Int32(truncatingIfNeeded: tcells_load(cell + anchor)))
        if UInt(bitPattern: slot) < UInt(bitPattern: maximumSize) {
            tcells_store(buckets + slot, tcells_load(buckets + slot) &+ 1)
        } else {
            makeRoom(for: magnitude, cell, anchor, buckets)
        }
    }

    private func scale(_ cell: UnsafeMutablePointer<UInt64>) -> Int32 {
        maximumScale &- Int32(truncatingIfNeeded: tcells_load(cell + Self.coarseness))
    }

    /// The slow path: the anchor moves, and the scale becomes coarser if the range has to.
    /// Recording does not allocate, so it is done within the words.
    private func makeRoom(
        for magnitude: Double, _ cell: UnsafeMutablePointer<UInt64>, _ anchor: Int,
        _ buckets: UnsafeMutablePointer<UInt64>
    ) {
        let index = mapping.index(of: magnitude, scale: scale(cell))
        let used = usedIndices(cell, anchor, buckets) ?? index...index
        let (first, last) = (min(used.lowerBound, index), max(used.upperBound, index))
        let shift = ExponentialBuckets.shift(from: first, to: last, size: maximumSize)
        let start = place(first >> shift...last >> shift, coarserBy: shift, cell, anchor, buckets)
        let bucket = buckets + Int(index >> shift &- start)
        tcells_store(bucket, tcells_load(bucket) &+ 1)
        guard shift > 0 else { return }
        // Both signs share one scale.
        tcells_store(
            cell + Self.coarseness, tcells_load(cell + Self.coarseness) &+ UInt64(shift))
        guard hasNegative else { return }
        let isPositive = anchor == Self.positiveAnchor
        let otherAnchor = isPositive ? Self.negativeAnchor : Self.positiveAnchor
        let otherBuckets = cell + (Self.firstBucket &+ (isPositive ? maximumSize : 0))
        guard let other = usedIndices(cell, otherAnchor, otherBuckets) else { return }
        _ = place(
            other.lowerBound >> shift...other.upperBound >> shift, coarserBy: shift, cell,
            otherAnchor, otherBuckets)
    }

    /// Merges 2^shift neighbouring buckets into one, and lays them out so that `room`, which they
    /// lie in, is in the middle of the words and can grow on both sides. Answers the new anchor.
    private func place(
        _ room: ClosedRange<Int32>, coarserBy shift: Int32,
        _ cell: UnsafeMutablePointer<UInt64>, _ anchor: Int, _ buckets: UnsafeMutablePointer<UInt64>
    ) -> Int32 {
        let start = room.lowerBound &- Int32((maximumSize &- room.count) / 2)
        defer { tcells_store(cell + anchor, UInt64(UInt32(bitPattern: start))) }
        guard let used = usedSlots(buckets) else { return start }
        let before = Int32(truncatingIfNeeded: tcells_load(cell + anchor))
        // First to the front: no bucket moves to a slot that is still to be read.
        let first = (before &+ Int32(used.lowerBound)) >> shift
        var length = 0
        for slot in used {
            let count = tcells_load(buckets + slot)
            tcells_store(buckets + slot, 0)
            let target = Int((before &+ Int32(slot)) >> shift &- first)
            tcells_store(buckets + target, tcells_load(buckets + target) &+ count)
            length = target &+ 1
        }
        // Then, from the last one on, to the place.
        let distance = Int(first &- start)
        guard distance > 0 else { return start }
        for slot in (0..<length).reversed() {
            tcells_store(buckets + (slot &+ distance), tcells_load(buckets + slot))
            tcells_store(buckets + slot, 0)
        }
        return start
    }

    /// The slots from the first to the last that is not zero; nil if all are.
    private func usedSlots(_ buckets: UnsafePointer<UInt64>) -> ClosedRange<Int>? {
        var first = 0
        while first < maximumSize, tcells_load(buckets + first) == 0 { first &+= 1 }
        guard first < maximumSize else { return nil }
        var last = maximumSize &- 1
        while tcells_load(buckets + last) == 0 { last &-= 1 }
        return first...last
    }

    /// The indices of the buckets in those slots.
    private func usedIndices(
        _ cell: UnsafePointer<UInt64>, _ anchor: Int, _ buckets: UnsafePointer<UInt64>
    ) -> ClosedRange<Int32>? {
        let start = Int32(truncatingIfNeeded: tcells_load(cell + anchor))
        return usedSlots(buckets).map {
            start &+ Int32($0.lowerBound)...start &+ Int32($0.upperBound)
        }
    }

    // MARK: Reading

    /// The histogram over all threads.
    func read(at offset: UInt32) -> Reading {
        var total = Reading(scale: maximumScale)
        let copy = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
        defer { copy.deallocate() }
        for block in 0..<tcells_block_count() {
            guard let cell = tcells_cell_in_block(block, offset) else { continue }
            CellReader.copy(cell, words, to: copy)
            let reading = decode(copy)
            if reading.count > 0 { total.add(reading, size: maximumSize) }
        }
        return total
    }

    /// The buckets from the first to the last that is not zero.
    private func range(
        _ cell: UnsafePointer<UInt64>, _ anchor: Int, _ buckets: UnsafePointer<UInt64>
    ) -> ExponentialBuckets {
        guard let used = usedSlots(buckets) else { return ExponentialBuckets() }
        let start = Int32(truncatingIfNeeded: tcells_load(cell + anchor))
        return ExponentialBuckets(
            offset: start &+ Int32(used.lowerBound),
            counts: used.map { tcells_load(buckets + $0) })
    }

    private func decode(_ cell: UnsafeMutablePointer<UInt64>) -> Reading {
        var reading = Reading(scale: scale(cell))
        reading.sum = Double(bitPattern: cell[Self.sum]).heldFinite
        reading.minimum = Double(bitPattern: cell[Self.minimum] ^ Self.lowest)
        reading.maximum = Double(bitPattern: cell[Self.maximum] ^ Self.highest)
        reading.contents.zeroCount = cell[Self.zeroCount]
        reading.contents.positive = range(cell, Self.positiveAnchor, cell + Self.firstBucket)
        if hasNegative {
            reading.contents.negative = range(
                cell, Self.negativeAnchor, cell + (Self.firstBucket + maximumSize))
        }
        return reading
    }
}
