internal import Glibc
internal import JSONText

/// The labels that a family has shown, to find those that are there twice.
///
/// A set of texts by their bytes, all in one run of memory.
// SAFETY: an entry's start and length are those of bytes that were appended to `texts`, which only
// `removeAll` shortens, and that removes the entries as well.
struct PrometheusSeen: ~Copyable {
    private struct Entry {
        let start: Int
        let length: Int
        let hash: Int
        /// In `table`.
        var place: Int
    }

    private var entries: [Entry] = []
    /// Places of `entries`, from 1; 0: free. As many as a power of two.
    private var table = [UInt32](repeating: 0, count: 64)
    private var texts = ByteBuffer(capacity: 4096)

    /// Forgets all, and keeps the memory. Costs what the texts since the last time do, not what the
    /// table could hold: most families are small, and one may have been large.
    mutating func removeAll() {
        for entry in entries { table[entry.place] = 0 }
        entries.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// - Returns: false if the text was there already.
    mutating func insert(_ text: UnsafeRawBufferPointer) -> Bool {
        var hasher = Hasher()
        hasher.combine(bytes: text)
        let hash = hasher.finalize()
        var place = hash & (table.count - 1)
        while table[place] != 0 {
            let entry = entries[Int(table[place]) - 1]
            if entry.hash == hash, isSame(entry, text) { return false }
            place = (place + 1) & (table.count - 1)
        }
        entries.append(
            Entry(start: texts.count, length: text.count, hash: hash, place: place))
        texts.append(bytes: text)
        table[place] = UInt32(entries.count)
        if entries.count * 2 > table.count { grow() }
        return true
    }

    private func isSame(_ entry: Entry, _ text: UnsafeRawBufferPointer) -> Bool {
        guard entry.length == text.count else { return false }
        return texts.withBytes { all in
            guard let own = all.baseAddress, let other = text.baseAddress else { return true }
            return memcmp(own + entry.start, other, entry.length) == 0
        }
    }

    private mutating func grow() {
        table = [UInt32](repeating: 0, count: table.count * 4)
        for index in entries.indices {
            var place = entries[index].hash & (table.count - 1)
            while table[place] != 0 { place = (place + 1) & (table.count - 1) }
            table[place] = UInt32(index + 1)
            entries[index].place = place
        }
    }
}
