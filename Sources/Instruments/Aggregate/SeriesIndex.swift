internal import Synchronization

/// The series of a table by their attributes: a flat table that threads read without a lock.
///
/// Written under the lock of its `SeriesTable`. A reader that finds a slot's set sees the rest of
/// the slot. A slot is never used for another set, so a reader can't be misled; a table that is full
/// is replaced by another one. What a slot points to is freed only after a grace period.
final class SeriesIndex: Sendable {
    private struct Slot: ~Copyable {
        /// Address of the head of the set's storage; 0 while empty, 1 once removed. Publishes the
        /// slot.
        let head = Atomic<UInt>(0)
        /// The low half of the hash.
        let hash = Atomic<UInt32>(0)
        /// Offset of the cell.
        let offset = Atomic<UInt32>(0)
        /// Read and written under the table's lock only.
        var series: Series?
    }

    private static let removed: UInt = 1
    static let smallestCapacity = 8

    // SAFETY: slots are allocated here and freed with the last reference to the table. What readers
    // without the lock look at is atomic.
    nonisolated(unsafe) private let slots: UnsafeMutablePointer<Slot>
    let capacity: Int
    /// Slots that are not empty, and those of them that hold a series; changed under the table's
    /// lock only.
    private let used = Atomic<Int>(0)
    private let live = Atomic<Int>(0)

    /// - Parameter capacity: a power of two.
    init(capacity: Int) {
        self.capacity = capacity
        slots = .allocate(capacity: capacity)
        for index in 0..<capacity { (slots + index).initialize(to: Slot()) }
    }

    /// An index of the same series and `more`, with room for some.
    convenience init(of other: SeriesIndex?, adding more: Int) {
        var capacity = Self.smallestCapacity
        while capacity < ((other?.count ?? 0) + more) * 2 { capacity *= 2 }
        self.init(capacity: capacity)
        other?.forEach(insert)
    }

    deinit {
        slots.deinitialize(count: capacity)
        slots.deallocate()
    }

    /// How many series it holds.
    var count: Int { live.load(ordering: .relaxed) }

    /// Whether one more set would make the table too full to search quickly.
    var isFull: Bool { used.load(ordering: .relaxed) &* 4 >= capacity &* 3 }

    /// Adds a set that is not there. The caller holds the lock and has checked `isFull`.
    func insert(_ series: Series) {
        let hash = series.attributes.attributeHash
        var index = first(hash)
        while slots[index].head.load(ordering: .relaxed) != 0 { index = next(index) }
        slots[index].series = series
        slots[index].hash.store(UInt32(truncatingIfNeeded: hash), ordering: .relaxed)
        slots[index].offset.store(series.cell.offset, ordering: .relaxed)
        slots[index].head.store(UInt(bitPattern: series.attributes.head), ordering: .releasing)
        used.wrappingAdd(1, ordering: .relaxed)
        live.wrappingAdd(1, ordering: .relaxed)
    }

    /// The series of a set. The caller holds the lock.
    func find(_ attributes: AttributeSet) -> Series? {
        place(of: attributes).flatMap { slots[$0].series }
    }

    /// Takes a set out. The caller holds the lock, and keeps the series for a grace period.
    func remove(_ attributes: AttributeSet) -> Series? {
        guard let index = place(of: attributes) else { return nil }
        slots[index].head.store(Self.removed, ordering: .relaxed)
        live.wrappingSubtract(1, ordering: .relaxed)
        defer { slots[index].series = nil }
        return slots[index].series
    }

    /// Calls `body` with every series, in no order. The caller holds the lock.
    func forEach(_ body: (Series) -> Void) {
        for index in 0..<capacity {
            if let series = slots[index].series { body(series) }
        }
    }

    private func place(of attributes: AttributeSet) -> Int? {
        let hash = attributes.attributeHash
        var index = first(hash)
        while true {
            if slots[index].head.load(ordering: .relaxed) == 0 { return nil }
            if slots[index].hash.load(ordering: .relaxed) == UInt32(truncatingIfNeeded: hash),
                slots[index].series?.attributes == attributes
            {
                return index
            }
            index = next(index)
        }
    }

    /// The cell of the set for which `matches` answers true; `Cell.noOffset` if there is none.
    ///
    /// Called between `tcells_enter` and `tcells_leave`, or under the lock.
    @inline(__always)
    func offset(_ hash: UInt64, _ matches: (UnsafeRawBufferPointer) -> Bool) -> UInt32 {
        var index = first(hash)
        while true {
            let found = slots[index].head.load(ordering: .acquiring)
            if found == 0 { return Cell.noOffset }
            if found != Self.removed,
                slots[index].hash.load(ordering: .relaxed) == UInt32(truncatingIfNeeded: hash),
                let head = UnsafeMutablePointer<AttributeStorage.Head>(bitPattern: found),
                matches(AttributeStorage.bytes(of: head))
            {
                return slots[index].offset.load(ordering: .relaxed)
            }
            index = next(index)
        }
    }

    @inline(__always)
    private func first(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (capacity &- 1) }

    @inline(__always)
    private func next(_ index: Int) -> Int { (index &+ 1) & (capacity &- 1) }
}
