/// The batches of one directory in the order of sending. Removing the first takes constant time.
package struct SpoolEntries {
    private struct Entry {
        let name: SpoolName
        /// The time of collection, or the time when it was first seen if that is earlier, so that
        /// it is never in the future.
        var since: UInt64
    }

    private var entries: [Entry] = []
    private var head = 0

    private(set) var volume = SpoolVolume()

    var first: SpoolName? { head < entries.count ? entries[head].name : nil }

    mutating func append(_ name: SpoolName, seenAt now: UInt64) {
        entries.append(Entry(name: name, since: min(name.collectedAt, now)))
        volume.add(name)
    }

    /// Sorts entries that were listed in any order into the order of sending.
    mutating func sort() {
        entries.removeFirst(head)
        head = 0
        entries.sort { $0.name < $1.name }
    }

    /// Removes the first entry if it is `name`.
    mutating func removeFirst(_ name: SpoolName) -> Bool {
        guard first == name else { return false }
        volume.subtract(name)
        head += 1
        // Removed entries are cut off from time to time, so that a removal takes constant time on
        // average.
        if head > 32, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return true
    }

    /// The age of the first batch in nanoseconds. If the clock was set back to before the batch,
    /// its age is counted from now on.
    mutating func ageOfFirst(at now: UInt64) -> UInt64? {
        guard head < entries.count else { return nil }
        entries[head].since = min(entries[head].since, now)
        return now - entries[head].since
    }
}
