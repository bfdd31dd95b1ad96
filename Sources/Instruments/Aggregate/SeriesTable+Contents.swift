/// What a table does with its series under its lock.
extension SeriesTable.Contents {
    /// The series that these attributes go to without making one.
    mutating func known(_ attributes: AttributeSet, _ limit: Int) -> Series? {
        if let found = series[attributes] { return found }
        let isOverflow = attributes == SeriesTable.overflowAttributes
        guard isOverflow || series.count >= limit else { return nil }
        if !isOverflow { refused.insert(attributes) }
        return overflow
    }

    func holds(_ series: Series) -> Bool {
        self.series[series.attributes] === series || overflow === series
    }

    /// Takes a series out of the table; it waits in case a handle writes to it again.
    ///
    /// - Parameter isWanted: told what the series holds; if it answers false, the series stays.
    mutating func detach(
        _ attributes: AttributeSet, _ time: UInt64, _ read: (Series) -> CellReading,
        if isWanted: (CellReading) -> Bool = { _ in true }
    ) {
        guard let removed = series[attributes] else { return }
        removed.end()
        let origin = read(removed)
        guard isWanted(origin) else { return removed.goOn() }
        series[attributes] = nil
        let key = ObjectIdentifier(removed)
        origins[key] = nil
        activity[key] = nil
        sorted = nil
        index?.remove(removed.attributes.bytes, removed.attributes.attributeHash)
        retired.add(removed)
        detached[attributes] = SeriesTable.Detached(
            series: removed, origin: origin, time: time)
    }

    /// The removed series of these attributes, ready to go on. A handle may have written to it at any
    /// time since it was removed.
    mutating func revive(_ attributes: AttributeSet) -> Series? {
        guard let found = detached.removeValue(forKey: attributes) else { return nil }
        found.series.restart(at: found.time)
        origins[ObjectIdentifier(found.series)] = found.origin
        return found.series
    }

    /// Makes a known set findable without the lock. Answers the index to publish, if it is a new one.
    mutating func addToIndex(_ new: Series) -> SeriesIndex? {
        if let index, !index.isFull {
            index.insert(new.attributes.bytes, new.attributes.attributeHash, new.cell.offset)
            return nil
        }
        var capacity = SeriesIndex.smallestCapacity
        while capacity < series.count * 2 { capacity *= 2 }
        let larger = SeriesIndex(capacity: capacity)
        for series in series.values {
            larger.insert(
                series.attributes.bytes, series.attributes.attributeHash, series.cell.offset)
        }
        if let index { retired.add(index) }
        index = larger
        return larger
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
