extension SeriesTable {
    /// Removed series that wait before a removal looks which of them can be freed: where nobody
    /// collects, nobody else does. Those that are held stay; the next look comes when there are
    /// twice as many, so that a removal costs the same however many are held.
    static let detachedBeforeSweep = 64

    struct Detached {
        var series: Series
        let origin: CellReading
        /// When it was removed.
        let time: UInt64
    }

    /// What a series held when it was last seen to change.
    struct Activity {
        let updates: UInt64
        let bits: UInt64
        /// By the clock that never steps.
        let since: UInt64

        init(_ reading: CellReading, since: UInt64) {
            (updates, bits) = (reading.updates, reading.bits)
            self.since = since
        }

        func isUnchanged(in reading: CellReading) -> Bool {
            updates == reading.updates && bits == reading.bits
        }
    }

    /// Calls `read`, which reads the cells of any number of series; nil if the cells do not tell
    /// all, or did not all of the time: then each series has to be looked at by itself.
    func readingPlainly<Result>(_ read: () -> Result) -> Result? {
        guard let before = contents.withLock({ $0.isPlain ? $0.changes : nil }) else { return nil }
        let result = read()
        // Who takes a series out from now on reads at least what was read here.
        return contents.withLock { $0.changes } == before ? result : nil
    }
}

/// What a table does with its series under its lock.
extension SeriesTable.Contents {
    /// How many series there are, the overflow series left out.
    var count: Int { index?.count ?? 0 }

    /// All series, in no order.
    var all: [Series] {
        var all: [Series] = []
        all.reserveCapacity(count + 1)
        index?.forEach { all.append($0) }
        if let overflow { all.append(overflow) }
        return all
    }

    /// The series that these attributes go to without making one.
    mutating func known(_ attributes: AttributeSet, _ limit: Int) -> Series? {
        if let found = index?.find(attributes) { return found }
        let isOverflow = attributes == SeriesTable.overflowAttributes
        guard isOverflow || count >= limit else { return nil }
        if !isOverflow { refused.insert(hash: attributes.attributeHash) }
        return overflow
    }

    func holds(_ series: Series) -> Bool {
        overflow === series || index?.find(series.attributes) === series
    }

    /// Takes a series out of the table; it waits in case a handle writes to it again.
    ///
    /// - Parameter isWanted: told what the series holds; if it answers false, the series stays.
    mutating func detach(
        _ attributes: AttributeSet, _ time: UInt64, _ read: (Series) -> CellReading,
        if isWanted: (CellReading) -> Bool = { _ in true }
    ) {
        guard let removed = index?.find(attributes) else { return }
        changes += 1
        removed.end()
        let origin = read(removed)
        guard isWanted(origin) else { return removed.goOn() }
        _ = index?.remove(attributes)
        let key = ObjectIdentifier(removed)
        origins[key] = nil
        activity[key] = nil
        sorted = nil
        retired.add(removed)
        detached[attributes] = SeriesTable.Detached(
            series: removed, origin: origin, time: time)
    }

    /// The removed series of these attributes, ready to go on. A handle may have written to it at
    /// any time since it was removed.
    mutating func revive(_ attributes: AttributeSet) -> Series? {
        guard !detached.isEmpty, let found = detached.removeValue(forKey: attributes) else {
            return nil
        }
        changes += 1
        found.series.restart(at: found.time)
        origins[ObjectIdentifier(found.series)] = found.origin
        return found.series
    }

    /// Whether a series' cell tells what was measured since it began.
    var isPlain: Bool { origins.isEmpty && absorbed.isEmpty && settled == nil }

    /// Adds a series to those that are found.
    ///
    /// - Parameter publish: lets readers without the lock find a new index instead of the old one.
    mutating func add(_ new: Series, publish: (SeriesIndex) -> Void) {
        sorted = nil
        if let index, !index.isFull { return index.insert(new) }
        let larger = SeriesIndex(taking: index, adding: 1)
        larger.insert(new)
        publish(larger)
        if let index {
            // From now on nobody begins to read it: a growing table leaves nothing behind that
            // waits for a collection.
            retired.add(index)
            retired.advance()
        }
        index = larger
    }

    /// Counts a removed series that has no room to the overflow series.
    mutating func absorb(
        _ entry: SeriesTable.Detached, _ make: (AttributeSet) -> Series?
    ) {
        absorbed.append(entry)
        if overflow == nil {
            overflow = make(SeriesTable.overflowAttributes)
            overflow?.restart(at: entry.time)
            sorted = nil
        }
    }

    /// Lets go of absorbed series that nobody else holds, so that their cells can be used again.
    mutating func settle(
        _ read: (Series) -> CellReading, _ add: (CellReading, CellReading) -> CellReading
    ) {
        for index in absorbed.indices.reversed() {
            guard isKnownUniquelyReferenced(&absorbed[index].series) else { continue }
            let entry = absorbed.remove(at: index)
            let reading = read(entry.series).subtracting(entry.origin)
            settled = settled.map { add($0, reading) } ?? reading
        }
    }
}
