internal import Synchronization

/// One attribute set of one stream, and the cell that holds its state.
///
/// Whoever can write to the cell holds the series, so the cell is not reused under a writer.
///
/// A series is *live* while its table's index has it, and is reported. `remove` and idle expiry
/// make it *detached*: it is not reported and waits, since a handle may still write to it. From
/// there it goes
///
/// - back to live, *revived*, when it is asked for again or a handle has written to it: it begins anew,
///   and what the cell held when it was removed (its origin) is subtracted from what it holds;
/// - to *absorbed*, if a handle has written to it and the table has no room: what came after its origin
///   is counted to the overflow series, as long as a handle lives;
/// - to *settled*, when the last handle of an absorbed series goes: its sum is added up once more, in
///   the table, and the cell is free;
/// - away, when nobody holds it and nothing was written: the cell is free at once.
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

    /// Whether the series has not ended since it was in this life, so that what was read meanwhile
    /// belongs to it.
    func isStill(inLife life: UInt32) -> Bool {
        // What was read before must not be read after.
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        return turns.load(ordering: .relaxed) == life
    }

    /// The series is taken out of its table. Called under the lock of its table, before what it
    /// holds is read: what is written later, and was not read then, is not seen within this life.
    func end() {
        turns.wrappingAdd(1, ordering: .relaxed)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    /// The series that has just ended goes on as if it had not. Called under the lock of its table.
    func goOn() {
        turns.wrappingAdd(1, ordering: .relaxed)
    }

    /// The series begins anew, at `time`. Called under the lock of its table.
    func restart(at time: UInt64) {
        turns.wrappingAdd(1, ordering: .relaxed)
        // Who sees what follows sees the new life.
        atomicMemoryFence(ordering: .releasing)
        self.time.store(time & ~Self.isStarted, ordering: .relaxed)
        isBaseline.store(false, ordering: .relaxed)
    }

    /// The exemplars of a point of this series. The reservoir outlives the series' end, so it may
    /// still have those of an earlier life (checklist A10.3).
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
    /// after it; one that is younger began when it was made (checklist A7.5).
    func startTime(updates: UInt64, previousCollection: UInt64) -> UInt64? {
        let known = time.load(ordering: .relaxed)
        if known & Self.isStarted != 0 { return known & ~Self.isStarted }
        let isDeclared = isBaseline.load(ordering: .relaxed)
        guard updates > 0 || isDeclared else { return nil }
        let start = isDeclared ? known : max(known, previousCollection)
        // Of collections side by side one decides, so that the start is the same for all.
        let (done, found) = time.compareExchange(
            expected: known, desired: start | Self.isStarted, ordering: .relaxed)
        return (done ? start : found) & ~Self.isStarted
    }
}
