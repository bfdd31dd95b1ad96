internal import Synchronization

/// A flat table from attributes to cells that threads read without a lock.
///
/// Written under the lock of its `SeriesTable`. A reader that finds a slot's bytes sees the rest of
/// the slot. A slot is never used for another set, so a reader can't be misled; a table that is full
/// is replaced by a larger one. What a slot points to is freed only after a grace period.
final class SeriesIndex: Sendable {
    private struct Slot: ~Copyable {
        /// Address of the set's bytes; 0 while empty, 1 once removed. Publishes the slot.
        let bytes = Atomic<UInt>(0)
        let hash = Atomic<UInt64>(0)
        /// Offset of the cell, and length of the bytes.
        let offset = Atomic<UInt32>(0)
        let length = Atomic<UInt32>(0)
    }

    private static let removed: UInt = 1
    static let smallestCapacity = 8

    // SAFETY: slots are atomics, allocated here and freed with the last reference to the table.
    nonisolated(unsafe) private let slots: UnsafeMutablePointer<Slot>
    let capacity: Int
    /// Slots that are not empty; changed under the table's lock only.
    private let used = Atomic<Int>(0)

    /// - Parameter capacity: a power of two.
    init(capacity: Int) {
        self.capacity = capacity
        slots = .allocate(capacity: capacity)
        for index in 0..<capacity { (slots + index).initialize(to: Slot()) }
    }

    deinit {
        slots.deinitialize(count: capacity)
        slots.deallocate()
    }

    /// Whether one more set would make the table too full to search quickly.
    var isFull: Bool { used.load(ordering: .relaxed) &* 4 >= capacity &* 3 }

    /// Adds a set that is not there. The caller holds the lock and has checked `isFull`.
    func insert(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64, _ offset: UInt32) {
        guard let base = bytes.baseAddress, let length = UInt32(exactly: bytes.count) else {
            return
        }
        var index = Int(truncatingIfNeeded: hash) & (capacity &- 1)
        while slots[index].bytes.load(ordering: .relaxed) != 0 {
            index = (index &+ 1) & (capacity &- 1)
        }
        slots[index].hash.store(hash, ordering: .relaxed)
        slots[index].offset.store(offset, ordering: .relaxed)
        slots[index].length.store(length, ordering: .relaxed)
        slots[index].bytes.store(UInt(bitPattern: base), ordering: .releasing)
        used.wrappingAdd(1, ordering: .relaxed)
    }

    /// Takes a set out. The caller holds the lock.
    func remove(_ bytes: UnsafeRawBufferPointer, _ hash: UInt64) {
        guard let base = bytes.baseAddress else { return }
        var index = Int(truncatingIfNeeded: hash) & (capacity &- 1)
        while true {
            let found = slots[index].bytes.load(ordering: .relaxed)
            if found == 0 { return }
            if found == UInt(bitPattern: base) {
                slots[index].bytes.store(Self.removed, ordering: .relaxed)
                return
            }
            index = (index &+ 1) & (capacity &- 1)
        }
    }

    /// The cell of the set for which `matches` answers true; `Cell.noOffset` if there is none.
    ///
    /// Called between `tcells_enter` and `tcells_leave`, or under the lock.
    @inline(__always)
    func offset(_ hash: UInt64, _ matches: (UnsafeRawBufferPointer) -> Bool) -> UInt32 {
        var index = Int(truncatingIfNeeded: hash) & (capacity &- 1)
        while true {
            let found = slots[index].bytes.load(ordering: .acquiring)
            if found == 0 { return Cell.noOffset }
            if found != Self.removed, slots[index].hash.load(ordering: .relaxed) == hash {
                let bytes = UnsafeRawBufferPointer(
                    start: UnsafeRawPointer(bitPattern: found),
                    count: Int(slots[index].length.load(ordering: .relaxed)))
                if matches(bytes) { return slots[index].offset.load(ordering: .relaxed) }
            }
            index = (index &+ 1) & (capacity &- 1)
        }
    }
}
