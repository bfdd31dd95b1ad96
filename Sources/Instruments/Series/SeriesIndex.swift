internal import Synchronization

/// The series of a table by their attributes: a flat table that threads read without a lock.
///
/// Written under the lock of its `SeriesTable`. A reader that finds a slot's set sees the rest of
/// the slot. A slot is never used for another set, so a reader can't be misled. An index that is
/// full is replaced by another one. What a slot points to is freed only after a grace period.
final class SeriesIndex: Sendable {
    private struct Slot: ~Copyable {
        /// Address of the head of the set's storage; 0 while empty, 1 once removed. Publishes the
        /// slot.
        let head = Atomic<UInt>(0)
        /// The low half of the hash.
        let hash = Atomic<UInt32>(0)
        /// Offset of the cell.
        let offset = Atomic<UInt32>(0)
        // SAFETY: a reference that the slot owns until `remove`, another index or `deinit` takes
        // it; read and written under the table's lock only.
        var series: Unmanaged<Series>?
    }

    private static let removed: UInt = 1
    static let smallestCapacity = 8
    private static let largeCount = 512

    // SAFETY: slots are allocated here and freed with the last reference to the table, and so are
    // the references in them. What readers without the lock look at is atomic.
    nonisolated(unsafe) private let slots: UnsafeMutablePointer<Slot>
    let capacity: Int
    /// Slots that are not empty, and those of them that hold a series; changed under the table's
    /// lock only.
    private let used = Atomic<Int>(0)
    private let live = Atomic<Int>(0)

    init(capacity: Int) {
        self.capacity = capacity
        slots = .allocate(capacity: capacity)
        for index in 0..<capacity { (slots + index).initialize(to: Slot()) }
    }

    /// An index with room for `more` that takes over the series of another one. Readers may still
    /// find them in the old one, so a series that is removed later is kept until they are done.
    convenience init(taking other: SeriesIndex?, adding more: Int) {
        // The next one is needed at three quarters: small tables double, large ones grow by half.
        let count = (other?.count ?? 0) + more
        let wanted = count < Self.largeCount ? count * 8 / 3 : count * 2
        self.init(capacity: max(wanted, Self.smallestCapacity))
        guard let other else { return }
        for index in 0..<other.capacity {
            guard let series = other.slots[index].series else { continue }
            other.slots[index].series = nil
            fill(
                series, head: other.slots[index].head.load(ordering: .relaxed),
                hash: other.slots[index].hash.load(ordering: .relaxed),
                offset: other.slots[index].offset.load(ordering: .relaxed))
        }
    }

    deinit {
        for index in 0..<capacity { slots[index].series?.release() }
        slots.deinitialize(count: capacity)
        slots.deallocate()
    }

    /// How many series it holds.
    var count: Int { live.load(ordering: .relaxed) }

    /// Whether one more set would make the table too full to search quickly.
    var isFull: Bool { used.load(ordering: .relaxed) &* 4 >= capacity &* 3 }

    /// Adds a set that is not there. The caller holds the lock and has checked `isFull`.
    func insert(_ series: Series) {
        // SAFETY: the reference is the slot's from now on.
        fill(
            Unmanaged.passRetained(series), head: UInt(bitPattern: series.attributes.head),
            hash: UInt32(truncatingIfNeeded: series.attributes.attributeHash),
            offset: series.cell.offset)
    }

    /// Fills the next empty slot, and publishes it last.
    private func fill(_ series: Unmanaged<Series>, head: UInt, hash: UInt32, offset: UInt32) {
        var index = first(hash)
        while slots[index].head.load(ordering: .relaxed) != 0 { index = next(index) }
        slots[index].series = series
        slots[index].hash.store(hash, ordering: .relaxed)
        slots[index].offset.store(offset, ordering: .relaxed)
        slots[index].head.store(head, ordering: .releasing)
        used.wrappingAdd(1, ordering: .relaxed)
        live.wrappingAdd(1, ordering: .relaxed)
    }

    /// The series of a set. The caller holds the lock.
    func find(_ attributes: AttributeSet) -> Series? {
        guard let index = place(of: attributes) else { return nil }
        return slots[index].series?.takeUnretainedValue()
    }

    /// Whether there is a series of a set. The caller holds the lock.
    func contains(_ attributes: AttributeSet) -> Bool { place(of: attributes) != nil }

    /// Takes a set out. The caller holds the lock, and keeps the series for a grace period.
    func remove(_ attributes: AttributeSet) -> Series? {
        guard let index = place(of: attributes) else { return nil }
        slots[index].head.store(Self.removed, ordering: .relaxed)
        live.wrappingSubtract(1, ordering: .relaxed)
        defer { slots[index].series = nil }
        return slots[index].series?.takeRetainedValue()
    }

    /// Calls `body` with every series, in no order. The caller holds the lock.
    func forEach(_ body: (Series) -> Void) {
        for index in 0..<capacity {
            if let series = slots[index].series { body(series.takeUnretainedValue()) }
        }
    }

    private func place(of attributes: AttributeSet) -> Int? {
        let (hash, bytes) = (attributes.attributeHash, attributes.bytes)
        defer { withExtendedLifetime(attributes) {} }
        return place(hash) { AttributeBytes.areEqual($0, bytes) }
    }

    /// Where the set is for which `matches` answers true.
    @inline(__always)
    private func place(_ hash: UInt64, _ matches: (UnsafeRawBufferPointer) -> Bool) -> Int? {
        let hash = UInt32(truncatingIfNeeded: hash)
        var index = first(hash)
        while true {
            let found = slots[index].head.load(ordering: .acquiring)
            if found == 0 { return nil }
            if found != Self.removed,
                slots[index].hash.load(ordering: .relaxed) == hash,
                let head = UnsafeMutablePointer<AttributeStorage.Head>(bitPattern: found),
                matches(AttributeStorage.bytes(of: head))
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
        guard let index = place(hash, matches) else { return Cell.noOffset }
        return slots[index].offset.load(ordering: .relaxed)
    }

    @inline(__always)
    private func first(_ hash: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(hash) &* UInt64(truncatingIfNeeded: capacity)) >> 32)
    }

    @inline(__always)
    private func next(_ index: Int) -> Int { index &+ 1 == capacity ? 0 : index &+ 1 }
}
