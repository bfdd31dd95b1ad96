internal import CThreadCells
internal import Synchronization

/// Finds the series of an attribute set; makes it while the cardinality limit allows.
///
/// Exactly `limit` sets get a series of their own; measurements of all further sets share the
/// overflow series, so totals stay exact. Sets that are known are found without a lock, through a
/// `SeriesIndex`.
final class SeriesTable: Sendable {
    static let overflowAttributes: AttributeSet = ["otel.metric.overflow": true]

    /// A table in which nothing is ever found.
    static let unused = SeriesTable(limit: 1, clock: ProviderClock { 0 })

    let limit: Int
    private let clock: ProviderClock
    private let contents: FirstTouchLock<Contents>
    /// Address of the index that readers use; 0 while there is none. `LiveSeries` owns the index.
    private let published = Atomic<UInt>(0)
    /// Whether sets have been turned away, which `write` does not find.
    private let hasOverflow = Atomic(false)

    /// What the lock guards.
    private struct Contents {
        var live: LiveSeries
        var removed = RemovedSeries()
        var idleness = Idleness()
    }

    init(limit: Int, clock: ProviderClock) {
        self.limit = limit
        self.clock = clock
        contents = FirstTouchLock(Contents(live: LiveSeries(limit: limit)))
    }

    /// The series of `attributes`, or the overflow series. Nil only when cell memory has run out.
    ///
    /// - Parameter isSought: whether the calling thread has just sought them by `write` in vain.
    func series(
        _ attributes: AttributeSet, isSought: Bool = false, make: (AttributeSet) -> Series?
    ) -> Series? {
        let isNew = isSought && findsAll
        if !isNew, let known = contents.withLock({ $0.live.known(attributes) }) { return known }
        // The clock may be the host's, so it is not read under the lock.
        let time = clock.now()
        return contents.withLock { contents in
            // Most sets are new, in a table with room and with nothing to be revived.
            if contents.removed.isEmpty, contents.live.takes(attributes) {
                guard let made = make(attributes) else { return nil }
                made.restart(at: time)
                contents.live.insert(made, publish: publish)
                return made
            }
            if let known = contents.live.known(attributes) { return known }
            if attributes != Self.overflowAttributes, contents.live.hasRoom {
                let revived = contents.removed.revive(attributes)
                guard let made = revived ?? make(attributes) else { return nil }
                if revived == nil { made.restart(at: time) }
                contents.live.insert(made, publish: publish)
                return made
            }
            let overflow = make(Self.overflowAttributes)
            overflow?.restart(at: time)
            contents.live.setOverflow(overflow)
            hasOverflow.store(true, ordering: .relaxed)
            return overflow
        }
    }

    /// Whether the calling thread finds all sets by `write` that have a series.
    private var findsAll: Bool {
        tcells_has_block() && published.load(ordering: .relaxed) != 0
            && !hasOverflow.load(ordering: .relaxed)
    }

    /// Calls `write` with the offset of the cell of a set that is known, without a lock.
    ///
    /// - Returns: false if the set is not known, or if the thread has to use `series`.
    @inline(__always)
    func write(
        _ hash: UInt64, _ matches: (UnsafeRawBufferPointer) -> Bool, _ write: (UInt32) -> Void
    ) -> Bool {
        guard tcells_enter() else { return false }
        defer { tcells_leave() }
        guard let address = UnsafeRawPointer(bitPattern: published.load(ordering: .acquiring))
        else { return false }
        // SAFETY: the index is freed only after a grace period, which waits for `tcells_leave`.
        let index = Unmanaged<SeriesIndex>.fromOpaque(address)
        let offset = index._withUnsafeGuaranteedRef { $0.offset(hash, matches) }
        guard offset != Cell.noOffset else { return false }
        write(offset)
        return true
    }

    private func publish(_ index: SeriesIndex) {
        guard tcells_has_grace() else { return }
        published.store(
            UInt(bitPattern: Unmanaged.passUnretained(index).toOpaque()), ordering: .releasing)
    }

    /// All series, sorted by their attributes, so that the same content gives the same output.
    func sortedSeries() -> [Series] {
        let (known, unsorted) = contents.withLock { contents in
            (contents.live.sorted, contents.live.sorted == nil ? contents.live.all : [])
        }
        if let known { return known }
        let sorted = unsorted.sorted { $0.attributes.precedes($1.attributes) }
        contents.withLock { $0.live.remember(sorted: sorted) }
        return sorted
    }

    /// An estimate of how many different sets found no room.
    var refusedSets: Int { contents.withLock { $0.live.refusedSets } }

    /// The key with the most different values: the one that fills the table.
    func guiltyKey() -> String? {
        Self.guiltyKey(of: contents.withLock { $0.live.own.map(\.attributes) })
    }

    static func guiltyKey(of sets: [AttributeSet]) -> String? {
        var values: [String: Set<AttributeValue>] = [:]
        for attribute in sets.flatMap(\.attributes) {
            values[attribute.key, default: []].insert(attribute.value)
        }
        return values.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    }

    // MARK: Series of things that are gone

    /// Forgets a series. It waits in case a handle writes to it again.
    ///
    /// - Parameter read: reads the cell of a series.
    /// - Returns: whether so many series wait now that `reviveChanged` should look at them.
    func remove(_ attributes: AttributeSet, read: (Series) -> CellReading) -> Bool {
        let time = clock.now()
        return contents.withLock { contents in
            if let series = contents.live.find(attributes) {
                Self.detach(series, from: &contents, time, read)
            }
            return contents.removed.needsSweep
        }
    }

    /// - Parameter isIdle: whether the series stays if it has changed since `Idleness` saw it.
    private static func detach(
        _ series: Series, from contents: inout Contents, _ time: UInt64,
        _ read: (Series) -> CellReading, isIdle: Bool = false
    ) {
        contents.removed.noteEnd()
        series.end()
        let origin = read(series)
        if isIdle, !contents.idleness.isUnchanged(series, holding: origin) {
            return series.goOn()
        }
        contents.live.remove(series)
        contents.idleness.forget(series)
        contents.removed.insert(series, holding: origin, at: time)
    }

    /// How many removed series wait.
    var removedCount: Int { contents.withLock { $0.removed.count } }

    /// What a revived series held when it was removed.
    func origin(of series: Series) -> CellReading? {
        contents.withLock { $0.removed.origin(of: series) }
    }

    /// Brings back removed series that a handle has written to, and frees those that none holds.
    /// Where there is no room, what was written goes to the overflow series: nothing is lost.
    func reviveChanged(
        read: (Series) -> CellReading, add: (CellReading, CellReading) -> CellReading,
        make: (AttributeSet) -> Series?
    ) {
        contents.withLock { contents in
            contents.live.advanceRetirement()
            for attributes in contents.removed.sets {
                guard let entry = contents.removed.takeChanged(attributes, read: read) else {
                    continue
                }
                if contents.live.hasRoom {
                    contents.live.insert(contents.removed.revive(entry), publish: publish)
                    continue
                }
                contents.removed.absorb(entry)
                if contents.live.overflow == nil {
                    let overflow = make(Self.overflowAttributes)
                    overflow?.restart(at: entry.time)
                    contents.live.setOverflow(overflow)
                }
            }
            contents.removed.finishSweep(read, add)
            if contents.live.overflow != nil { hasOverflow.store(true, ordering: .relaxed) }
        }
    }

    /// What the overflow series holds beside its own cell.
    func absorbed(
        read: (Series) -> CellReading, add: (CellReading, CellReading) -> CellReading
    ) -> CellReading? {
        contents.withLock { $0.removed.absorbed(read, add) }
    }

    /// Forgets series that have not changed for `limit` nanoseconds.
    ///
    /// - Parameter time: by the clock that never steps.
    func expire(idleFor limit: UInt64, at time: UInt64, read: (Series) -> CellReading) {
        let now = clock.now()
        contents.withLock { contents in
            for series in contents.live.own {
                let reading = read(series)
                if contents.idleness.isIdle(series, holding: reading, for: limit, at: time) {
                    // It is read once more: it may be measured at this very moment.
                    Self.detach(series, from: &contents, now, read, isIdle: true)
                }
            }
        }
    }

    // MARK: Reading the cells of many series

    /// Calls `read`, which reads the cells of any number of series. Nil if the cells did not hold
    /// all that was measured, and nothing else, all the time: then each series has to be looked at
    /// by itself.
    func readingPlainly<Result>(_ read: () -> Result) -> Result? {
        let before = contents.withLock { $0.removed.isPlain ? $0.removed.changes : nil }
        guard let before else { return nil }
        let result = read()
        // A series that is taken out from now on holds at least what was read here.
        return contents.withLock { $0.removed.changes } == before ? result : nil
    }
}
