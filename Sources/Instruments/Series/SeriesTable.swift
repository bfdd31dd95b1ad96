internal import CThreadCells
internal import Synchronization

/// Finds the series of an attribute set; makes it while the cardinality limit allows.
///
/// Exactly `limit` sets get a series of their own; measurements of all further sets share the
/// overflow series, so totals stay exact (checklist A9.1 to A9.5). Sets that are known are found
/// without a lock, through a `SeriesIndex`.
final class SeriesTable: Sendable {
    static let overflowAttributes: AttributeSet = ["otel.metric.overflow": true]

    /// A table in which nothing is ever found.
    static let unused = SeriesTable(limit: 1, clock: ProviderClock { 0 })

    let limit: Int
    private let clock: ProviderClock
    let contents = FirstTouchLock(Contents())
    /// Address of the index that readers use; 0 while there is none. The contents hold it.
    private let published = Atomic<UInt>(0)
    /// Whether sets have been turned away, which `write` does not find.
    private let hasOverflow = Atomic(false)

    struct Contents {
        /// The series by their attributes; nil while there is none.
        var index: SeriesIndex?
        var overflow: Series?
        var refused = DistinctEstimate()
        /// What readers may still look at; freed after a grace period.
        var retired = Retirement()
        /// All series in the order of their attributes; nil when one has come or gone.
        var sorted: [Series]?
        /// Removed series that a handle may still write to, and what they held when removed.
        var detached: [AttributeSet: Detached] = [:]
        /// With so many of them a removal looks for those that can be freed.
        var detachedLimit = SeriesTable.detachedBeforeSweep
        /// What revived series held when they were removed: it is not theirs any more.
        var origins: [ObjectIdentifier: CellReading] = [:]
        /// Revived series that found no room: what is written to them belongs to the overflow
        /// series.
        var absorbed: [Detached] = []
        /// What absorbed series held that nobody can write to any more.
        var settled: CellReading?
        /// How often a series has ended or come back.
        var changes = 0
        /// When each series last changed; filled only where idle series expire.
        var activity: [ObjectIdentifier: Activity] = [:]
    }

    init(limit: Int, clock: ProviderClock) {
        self.limit = limit
        self.clock = clock
    }

    /// The series of `attributes`, or the overflow series. Nil only when cell memory has run out.
    ///
    /// - Parameter isSought: whether the calling thread has just sought them by `write` in vain.
    func series(
        _ attributes: AttributeSet, isSought: Bool = false, make: (AttributeSet) -> Series?
    ) -> Series? {
        let isNew = isSought && findsAll
        if !isNew, let known = contents.withLock({ $0.known(attributes, limit) }) { return known }
        // The clock may be the host's, so it is not read under the lock.
        let time = clock.now()
        return contents.withLock { contents in
            // Most sets are new, in a table with room and with nothing to be revived.
            if let index = contents.index, contents.detached.isEmpty, index.count < limit,
                !index.isFull, !index.contains(attributes), attributes != Self.overflowAttributes
            {
                guard let made = make(attributes) else { return nil }
                made.restart(at: time)
                contents.sorted = nil
                index.insert(made)
                return made
            }
            if let known = contents.known(attributes, limit) { return known }
            let isOverflow = attributes == Self.overflowAttributes
            if !isOverflow, contents.count < limit {
                let revived = contents.revive(attributes)
                guard let made = revived ?? make(attributes) else { return nil }
                if revived == nil { made.restart(at: time) }
                contents.add(made, publish: publish)
                return made
            }
            let overflow = make(Self.overflowAttributes)
            overflow?.restart(at: time)
            contents.overflow = overflow
            contents.sorted = nil
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
            (contents.sorted, contents.sorted == nil ? contents.all : [])
        }
        if let known { return known }
        let sorted = unsorted.sorted { $0.attributes.precedes($1.attributes) }
        contents.withLock { contents in
            let isUnchanged =
                contents.count + (contents.overflow == nil ? 0 : 1) == sorted.count
                && sorted.allSatisfy { contents.holds($0) }
            if isUnchanged { contents.sorted = sorted }
        }
        return sorted
    }

    /// An estimate of how many different sets found no room.
    var refusedSets: Int { contents.withLock { $0.refused.count } }

    /// The key with the most different values: the one that fills the table.
    func guiltyKey() -> String? {
        Self.guiltyKey(
            of: contents.withLock { contents in
                contents.all.filter { $0 !== contents.overflow }.map(\.attributes)
            })
    }

    static func guiltyKey(of sets: [AttributeSet]) -> String? {
        var values: [String: Set<AttributeValue>] = [:]
        for attribute in sets.flatMap(\.attributes) {
            values[attribute.key, default: []].insert(attribute.value)
        }
        return values.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }?.key
    }

    // MARK: Series of things that are gone

    /// Forgets a series. `read` reads its cell.
    ///
    /// - Returns: whether so many wait now that `reviveChanged` shall look at them.
    func remove(_ attributes: AttributeSet, read: (Series) -> CellReading) -> Bool {
        let time = clock.now()
        return contents.withLock { contents in
            contents.detach(attributes, time, read)
            return contents.detached.count >= contents.detachedLimit
        }
    }

    /// Removed series that wait.
    var detachedCount: Int { contents.withLock { $0.detached.count } }

    /// What a revived series held when it was removed.
    func origin(of series: Series) -> CellReading? {
        contents.withLock { $0.origins.isEmpty ? nil : $0.origins[ObjectIdentifier(series)] }
    }

    /// Brings back removed series that a handle has written to, and frees those that none holds.
    /// Where there is no room, what was written goes to the overflow series: nothing is lost.
    func reviveChanged(
        read: (Series) -> CellReading, add: (CellReading, CellReading) -> CellReading,
        make: (AttributeSet) -> Series?
    ) {
        contents.withLock { contents in
            contents.retired.advance()
            for attributes in Array(contents.detached.keys) {
                guard var entry = contents.detached.removeValue(forKey: attributes) else {
                    continue
                }
                // Asked before the cell is read: who holds it no more has written before.
                let isHeld = !isKnownUniquelyReferenced(&entry.series)
                if read(entry.series).isSame(as: entry.origin) {
                    if isHeld { contents.detached[attributes] = entry }
                } else if contents.count < limit {
                    contents.detached[attributes] = entry
                    guard let revived = contents.revive(attributes) else { continue }
                    contents.add(revived, publish: publish)
                } else {
                    contents.absorb(entry, make)
                }
            }
            contents.detachedLimit = max(
                contents.detached.count * 2, Self.detachedBeforeSweep)
            contents.settle(read, add)
            if contents.overflow != nil { hasOverflow.store(true, ordering: .relaxed) }
        }
    }

    /// What the overflow series holds beside its own cell.
    func absorbed(
        read: (Series) -> CellReading, add: (CellReading, CellReading) -> CellReading
    ) -> CellReading? {
        contents.withLock { contents in
            contents.absorbed.reduce(contents.settled) { total, entry in
                let reading = read(entry.series).subtracting(entry.origin)
                return total.map { add($0, reading) } ?? reading
            }
        }
    }

    /// Forgets series that have not changed for `limit` nanoseconds.
    ///
    /// - Parameter time: by the clock that never steps.
    func expire(idleFor limit: UInt64, at time: UInt64, read: (Series) -> CellReading) {
        let now = clock.now()
        contents.withLock { contents in
            for series in contents.all where series !== contents.overflow {
                let key = ObjectIdentifier(series)
                let reading = read(series)
                guard let known = contents.activity[key], known.isUnchanged(in: reading) else {
                    contents.activity[key] = Activity(reading, since: time)
                    continue
                }
                if time > known.since, time - known.since >= limit {
                    // Looked at once more: it may be measured at this very moment.
                    contents.detach(series.attributes, now, read) { known.isUnchanged(in: $0) }
                }
            }
        }
    }
}
