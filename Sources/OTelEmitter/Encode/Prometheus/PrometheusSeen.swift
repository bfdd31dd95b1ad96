internal import Glibc
internal import JSONText

/// The labels that a family has shown, in order to find duplicates.
///
/// This is a set of texts, compared byte by byte, in one block of memory.
// SAFETY: the start and length of an entry are those of bytes that were appended to `texts`. Only
// `removeAll` shortens `texts`, and it removes the entries as well.
struct PrometheusSeen: ~Copyable {
    private struct Entry {
        let start: Int
        let length: Int
        let hash: Int
        /// The index of the entry in `table`.
        var place: Int
    }

    private var entries: [Entry] = []
    /// Indexes of `entries`, starting from 1; 0 marks a free place. The size is a power of two.
    private var table = [UInt32](repeating: 0, count: 64)
    private var texts = ByteBuffer(capacity: 4096)

    /// Removes all texts and keeps the memory. The cost depends on the texts that were added since
    /// the last time, not on the size of the table, because most families are small and one may
    /// have been large.
    mutating func removeAll() {
        for entry in entries { table[entry.place] = 0 }
        entries.removeAll(keepingCapacity: true)
        texts.removeAll()
    }

    /// - Returns: false if the set already contained the text.
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
