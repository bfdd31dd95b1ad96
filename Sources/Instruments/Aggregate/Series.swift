internal import Synchronization

/// One attribute set of one stream, and the cell that holds its state.
///
/// Whoever can write to the cell holds the series, so the cell is not reused under a writer.
final class Series: Sendable {
    let attributes: AttributeSet
    /// Nil where no exemplars are kept.
    let reservoir: SeriesExemplars?
    /// Nanoseconds since 1970: when the series was made or revived; once a collection has seen a
    /// measurement, with `isStarted`, the start of the series' interval.
    private let time: Atomic<UInt64>
    let cell: Cell
    /// How often the series has begun anew.
    private let restarts = Atomic<UInt32>(0)
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

    /// Tells the lives of the series apart.
    var life: UInt32 { restarts.load(ordering: .acquiring) }

    /// Whether all that was read since `life` was asked for is of that life.
    func isStill(inLife life: UInt32) -> Bool {
        // What was read before must not be read after.
        atomicMemoryFence(ordering: .acquiring)
        return restarts.load(ordering: .relaxed) == life
    }

    /// The series begins anew, at `time`. Called under the lock of its table.
    func restart(at time: UInt64) {
        restarts.wrappingAdd(1, ordering: .relaxed)
        // Who sees what follows sees the new life.
        atomicMemoryFence(ordering: .releasing)
        self.time.store(time & ~Self.isStarted, ordering: .relaxed)
        isBaseline.store(false, ordering: .relaxed)
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
