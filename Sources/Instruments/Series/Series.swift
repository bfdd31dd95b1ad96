internal import Synchronization

/// One attribute set of one stream, and the cell that holds its state.
///
/// Everything that can write to the cell holds the series, so the cell is not reused under a
/// writer.
///
/// A series is *live* while its table's index has it, and is reported. `remove` and idle expiry
/// make it *removed*: it is not reported, and waits because a handle may still write to it. A
/// removed series
///
/// - becomes live again, or *revived*, when it is asked for or a handle has written to it. It
///   starts over: what the cell held when the series was removed, its origin, is subtracted from
///   what the cell holds.
/// - becomes *absorbed* if a handle has written to it and the table has no room. What came after
///   its origin counts to the overflow series as long as a handle lives. When the last handle goes,
///   the series is *settled*: the table keeps its sum, and the cell is free.
/// - goes away when nobody holds it and nothing was written. Its cell is free at once.
final class Series: Sendable {
    let attributes: AttributeSet
    /// Nil where no exemplars are kept.
    let reservoir: SeriesExemplars?
    /// Nanoseconds since 1970: when the series was made or revived; once a collection has seen a
    /// measurement, with `isStarted`, the start of the series' interval.
    private let time: Atomic<UInt64>
    let cell: Cell
    /// How often the series has begun or ended: odd while it is in its table.
    private let turns = Atomic<UInt32>(0)
    private let isBaseline = Atomic(false)

    /// The bit that no time has before the year 2262.
    private static let isStarted: UInt64 = 1 << 63

    init(
        attributes: AttributeSet, cell: consuming Cell, creation: UInt64,
        reservoir: SeriesExemplars? = nil
    ) {
        self.attributes = attributes
        self.cell = cell
        time = Atomic(creation & ~Self.isStarted)
        self.reservoir = reservoir
    }

    /// From now on the series is reported, with the value 0 while nothing has been added.
    func declareBaseline() {
        isBaseline.store(true, ordering: .relaxed)
    }

    /// Tells the lives of the series apart; nil while it is in no table.
    var life: UInt32? {
        let turns = turns.load(ordering: .acquiring)
        return turns & 1 == 1 ? turns : nil
    }

    /// Whether the series has not ended since `life` was read, so that what was read meanwhile
    /// belongs to that life.
    func isStill(inLife life: UInt32) -> Bool {
        // What was read before must not be read after.
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        return turns.load(ordering: .relaxed) == life
    }

    /// The series is taken out of its table. Called under the table's lock, before the cell is
    /// read: what is written after that reading is not seen within this life.
    func end() {
        turns.wrappingAdd(1, ordering: .relaxed)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    /// Undoes `end`. Called under the table's lock.
    func goOn() {
        turns.wrappingAdd(1, ordering: .relaxed)
    }

    /// The series begins a new life at `time`. Called under the table's lock.
    func restart(at time: UInt64) {
        turns.wrappingAdd(1, ordering: .relaxed)
        // A thread that sees what follows sees the new life.
        atomicMemoryFence(ordering: .releasing)
        self.time.store(time & ~Self.isStarted, ordering: .relaxed)
        isBaseline.store(false, ordering: .relaxed)
    }

    /// The exemplars of a point of this series. The reservoir outlives the series' end, so it may
    /// still have those of an earlier life, which are left out.
    func exemplars(since start: UInt64) -> [Exemplar] {
        reservoir?.exemplars(of: attributes).filter { $0.time >= start } ?? []
    }

    /// The start of the series' interval, once a collection has seen a measurement.
    var start: UInt64? {
        let known = time.load(ordering: .relaxed)
        return known & Self.isStarted != 0 ? known & ~Self.isStarted : nil
    }

    /// The start time to report, or nil while the series is silent.
    ///
    /// Recording never reads the clock. A series that was silent at the previous collection began
    /// after it. One that is younger began when it was made.
    func startTime(updates: UInt64, previousCollection: UInt64) -> UInt64? {
        let known = time.load(ordering: .relaxed)
        if known & Self.isStarted != 0 { return known & ~Self.isStarted }
        let isDeclared = isBaseline.load(ordering: .relaxed)
        guard updates > 0 || isDeclared else { return nil }
        let start = isDeclared ? known : max(known, previousCollection)
        // Of collections that run side by side one decides, so that all report the same start.
        let (done, found) = time.compareExchange(
            expected: known, desired: start | Self.isStarted, ordering: .relaxed)
        return (done ? start : found) & ~Self.isStarted
    }
}
