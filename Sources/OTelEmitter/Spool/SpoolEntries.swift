/// The batches of one directory in their order of sending; the front is taken in constant time.
package struct SpoolEntries {
    private struct Entry {
        let name: SpoolName
        /// When it was collected, but no later than it was first seen: nothing is of the future.
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

    /// Brings what was listed in any order into that of sending.
    mutating func sort() {
        entries.removeFirst(head)
        head = 0
        entries.sort { $0.name < $1.name }
    }

    /// Takes the first out, if it is `name`.
    mutating func removeFirst(_ name: SpoolName) -> Bool {
        guard first == name else { return false }
        volume.subtract(name)
        head += 1
        // The front is cut off now and then, so that removing costs constant time on average.
        if head > 32, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
        return true
    }

    /// How old the first is, in nanoseconds. One that the clock has stepped back behind is new.
    mutating func ageOfFirst(at now: UInt64) -> UInt64? {
        guard head < entries.count else { return nil }
        entries[head].since = min(entries[head].since, now)
        return now - entries[head].since
    }
}
