/// The series of a table that were removed, and what has to be remembered of them afterwards.
///
/// A handle may write to a removed series at any time, so the series waits until no handle is left.
/// One that was written to becomes live again, or is absorbed by the overflow series where there is
/// no room. In both cases what the series held when it was removed does not count.
///
/// Used under the lock of the table.
struct RemovedSeries {
    /// How many removed series wait before a removal looks for those that can be freed: without
    /// collections nothing else does. Series that are held stay. The next look comes when there are
    /// twice as many, so that a removal costs the same however many are held.
    static let countBeforeSweep = 64

    /// A removed series and what it held when it was removed.
    struct Entry {
        fileprivate(set) var series: Series
        let origin: CellReading
        /// When it was removed.
        let time: UInt64
    }

    private var waiting: [AttributeSet: Entry] = [:]
    /// The number of waiting series that calls for a sweep.
    private var sweepCount = Self.countBeforeSweep
    /// What revived series held when they were removed.
    private var origins: [ObjectIdentifier: CellReading] = [:]
    /// Series that were written to and found no room: what is written belongs to the overflow
    /// series.
    private var absorbed: [Entry] = []
    /// What absorbed series held that nobody can write to any more.
    private var settled: CellReading?
    /// How often a series has ended or come back.
    private(set) var changes = 0

    /// How many series wait.
    var count: Int { waiting.count }
    var isEmpty: Bool { waiting.isEmpty }
    var sets: [AttributeSet] { Array(waiting.keys) }

    /// Whether so many series wait that those that can be freed should be looked for.
    var needsSweep: Bool { waiting.count >= sweepCount }

    /// Whether each live series' cell holds exactly what was measured since the series began.
    var isPlain: Bool { origins.isEmpty && absorbed.isEmpty && settled == nil }

    /// Counts a series that ends; `insert` follows if it stays removed.
    mutating func noteEnd() { changes += 1 }

    mutating func insert(_ series: Series, holding origin: CellReading, at time: UInt64) {
        origins[ObjectIdentifier(series)] = nil
        waiting[series.attributes] = Entry(series: series, origin: origin, time: time)
    }

    /// The waiting series of a set, ready to be live again. A handle may have written to it at any
    /// time since it was removed.
    mutating func revive(_ attributes: AttributeSet) -> Series? {
        guard !waiting.isEmpty, let found = waiting.removeValue(forKey: attributes) else {
            return nil
        }
        return revive(found)
    }

    /// The series of an entry that waits no more, ready to be live again.
    mutating func revive(_ entry: Entry) -> Series {
        changes += 1
        entry.series.restart(at: entry.time)
        origins[ObjectIdentifier(entry.series)] = entry.origin
        return entry.series
    }

    /// Takes out the waiting series of a set if it was written to, and frees it if nobody holds it.
    mutating func takeChanged(_ attributes: AttributeSet, read: (Series) -> CellReading) -> Entry? {
        guard var entry = waiting.removeValue(forKey: attributes) else { return nil }
        // Asked before the cell is read: a holder that has let go wrote before that.
        let isHeld = !isKnownUniquelyReferenced(&entry.series)
        if !read(entry.series).isSame(as: entry.origin) { return entry }
        if isHeld { waiting[attributes] = entry }
        return nil
    }

    /// Counts a series to the overflow series from now on.
    mutating func absorb(_ entry: Entry) { absorbed.append(entry) }

    /// Ends a sweep: lets go of absorbed series that nobody else holds, so that their cells can be
    /// used again.
    mutating func finishSweep(
        _ read: (Series) -> CellReading, _ add: (CellReading, CellReading) -> CellReading
    ) {
        sweepCount = max(waiting.count * 2, Self.countBeforeSweep)
        for index in absorbed.indices.reversed() {
            guard isKnownUniquelyReferenced(&absorbed[index].series) else { continue }
            let entry = absorbed.remove(at: index)
            let reading = read(entry.series).subtracting(entry.origin)
            settled = settled.map { add($0, reading) } ?? reading
        }
    }

    /// What a revived series held when it was removed.
    func origin(of series: Series) -> CellReading? {
        origins.isEmpty ? nil : origins[ObjectIdentifier(series)]
    }

    /// What absorbed series hold: the overflow series has it beside its own cell.
    func absorbed(
        _ read: (Series) -> CellReading, _ add: (CellReading, CellReading) -> CellReading
    ) -> CellReading? {
        absorbed.reduce(settled) { total, entry in
            let reading = read(entry.series).subtracting(entry.origin)
            return total.map { add($0, reading) } ?? reading
        }
    }
}
