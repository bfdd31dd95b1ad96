internal import Glibc

/// The attributes of one call, written into memory of the caller: what a lookup without allocation
/// works on.
struct AttributeScratch {
    /// Calls with longer attributes take the general path.
    static let capacity = 1024
    /// Calls with more attributes take the general path; places of entries are kept in a SIMD8.
    static let maximumCount = 8

    // SAFETY: the caller's memory, of `capacity` bytes, alive for the call that this value lives in.
    let base: UnsafeMutableRawPointer
    private(set) var length = 0
    private var count = 0
    private var hash: AttributeHash

    init(_ base: UnsafeMutableRawPointer, seed: UInt64) {
        self.base = base
        hash = AttributeHash(seed: seed)
    }

    var finalHash: UInt64 { hash.final }

    /// What was written, in the order given.
    var attributes: [Attribute] {
        AttributeBytes.decode(UnsafeRawBufferPointer(start: base, count: length))
    }

    /// Adds a string attribute. False if there is no room for it.
    @inline(__always)
    mutating func append(_ key: String, _ value: String) -> Bool {
        append(key, .string, value.utf8.count) { target in
            Self.copy(value, to: target)
        }
    }

    /// Adds an attribute. False if there is no room for it, or if it is of a kind that has to be
    /// put into canonical form first.
    mutating func append(_ key: String, _ value: AttributeValue) -> Bool {
        switch value {
        case .string(let value):
            append(key, value)
        case .int(let value):
            append(key, .int, 8) { $0.storeBytes(of: value, as: Int64.self) }
        case .double(let value):
            append(key, .double, 8) { $0.storeBytes(of: value.bitPattern, as: UInt64.self) }
        case .bool(let value):
            append(key, .bool, 1) { $0.storeBytes(of: value ? 1 : 0, as: UInt8.self) }
        case .bytes, .array, .map, .empty: false
        }
    }

    @inline(__always)
    private mutating func append(
        _ key: String, _ kind: AttributeBytes.Kind, _ valueLength: Int,
        _ write: (UnsafeMutableRawPointer) -> Void
    ) -> Bool {
        let keyLength = key.utf8.count
        let size = AttributeBytes.headerSize &+ keyLength &+ valueLength
        guard keyLength > 0, count < Self.maximumCount, size <= Self.capacity &- length else {
            return false
        }
        let entry = base + length
        entry.storeBytes(
            of: AttributeBytes.header(keyLength, kind, valueLength), as: UInt64.self)
        Self.copy(key, to: entry + AttributeBytes.headerSize)
        write(entry + (AttributeBytes.headerSize &+ keyLength))
        hash.combine(UnsafeRawPointer(entry), size)
        length &+= size
        count &+= 1
        return true
    }

    /// Whether a stored set has the same attributes, whatever their order here. Keys are unique
    /// there, so as many equal entries are the same set.
    @inline(__always)
    func matches(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count == length, let stored = bytes.baseAddress else { return false }
        return memcmp(stored, base, length) == 0 || hasEntries(of: stored)
    }

    private func hasEntries(of stored: UnsafeRawPointer) -> Bool {
        var offset = 0
        while offset < length {
            let entry = stored + offset
            let size = AttributeBytes.length(entry.loadUnaligned(as: UInt64.self))
            guard contains(entry, size) else { return false }
            offset &+= size
        }
        return true
    }

    private func contains(_ entry: UnsafeRawPointer, _ size: Int) -> Bool {
        let header = entry.loadUnaligned(as: UInt64.self)
        var offset = 0
        while offset < length {
            let own = (base + offset).loadUnaligned(as: UInt64.self)
            if own == header, memcmp(base + offset, entry, size) == 0 { return true }
            offset &+= AttributeBytes.length(own)
        }
        return false
    }

    /// Reading through the UTF-8 view does not retain the string, as a mutable copy of it would.
    @inline(__always)
    private static func copy(_ text: String, to target: UnsafeMutableRawPointer) {
        let isCopied: Void? = text.utf8.withContiguousStorageIfAvailable { utf8 in
            guard let source = utf8.baseAddress else { return }
            copy(UnsafeRawPointer(source), utf8.count, to: target)
        }
        if isCopied == nil { copySlowly(text, to: target) }
    }

    /// Strings whose UTF-8 is not in memory as such, which Linux does not have.
    @inline(never)
    private static func copySlowly(_ text: String, to target: UnsafeMutableRawPointer) {
        for (index, byte) in text.utf8.enumerated() {
            target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
        }
    }

    /// Eight bytes at a time, the last ones overlapping: for short texts faster than a call.
    @inline(__always)
    private static func copy(
        _ source: UnsafeRawPointer, _ length: Int, to target: UnsafeMutableRawPointer
    ) {
        guard length >= 8 else {
            for index in 0..<length {
                target.storeBytes(
                    of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index,
                    as: UInt8.self)
            }
            return
        }
        var offset = 0
        while offset &+ 8 < length {
            target.storeBytes(
                of: source.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
                toByteOffset: offset, as: UInt64.self)
            offset &+= 8
        }
        target.storeBytes(
            of: source.loadUnaligned(fromByteOffset: length &- 8, as: UInt64.self),
            toByteOffset: length &- 8, as: UInt64.self)
    }
}
