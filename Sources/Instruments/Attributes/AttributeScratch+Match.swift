/// Whether a stored set is the one that a call wrote.
extension AttributeScratch {
    /// Whether a stored set has the same attributes, whatever their order here. Keys are unique
    /// there, so as many equal entries are the same set.
    @inline(__always)
    func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == length, let stored = bytes.baseAddress else { return false }
        var offset = 0
        var isInOrder = true
        while offset < length {
            let entry = stored + offset
            let header = entry.loadUnaligned(as: UInt64.self)
            let size = AttributeBytes.length(header)
            // From the first entry that stands elsewhere on they may begin at other places.
            isInOrder = isInOrder && Self.areEqual(base + offset, entry, header, size)
            guard isInOrder || contains(entry, header, size) else { return false }
            offset &+= size
        }
        return true
    }

    @inline(__always)
    private func contains(_ entry: UnsafeRawPointer, _ header: UInt64, _ size: Int) -> Bool {
        var offset = 0
        while offset < length {
            let own = (base + offset).loadUnaligned(as: UInt64.self)
            if Self.areEqual(base + offset, entry, header, size) { return true }
            offset &+= AttributeBytes.length(own)
        }
        return false
    }

    /// Entries are short and at least a word long, so comparing them here is faster than a call.
    @inline(__always)
    private static func areEqual(
        _ own: UnsafeRawPointer, _ entry: UnsafeRawPointer, _ header: UInt64, _ size: Int
    ) -> Bool {
        guard own.loadUnaligned(as: UInt64.self) == header else { return false }
        var offset = 8
        while offset &+ 8 <= size {
            if word(own, offset) != word(entry, offset) { return false }
            offset &+= 8
        }
        return word(own, size &- 8) == word(entry, size &- 8)
    }

    @inline(__always)
    private static func word(_ start: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        (start + offset).loadUnaligned(as: UInt64.self)
    }
}
