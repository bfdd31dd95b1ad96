/// The attributes of one call, written into memory of the caller: what a lookup without allocation
/// works on.
struct AttributeScratch {
    /// Calls with longer attributes take the general path.
    static let capacity = 1024
    /// Calls with more attributes take the general path; as many places `Places` has.
    static let maximumCount = 8

    // SAFETY: the caller's memory, of `capacity` bytes, alive for the call that this value lives
    // in.
    let base: UnsafeMutableRawPointer
    private(set) var length = 0
    private var count = 0
    private var hash: AttributeHash

    init(_ base: UnsafeMutableRawPointer, seed: AttributeHash.Seed) {
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
        append(key, .string, value.utf8.count) { Self.copy(value, to: $0, $1) }
    }

    /// Adds an attribute. False if there is no room for it, or if it is of a kind that has to be
    /// put into canonical form first.
    mutating func append(_ key: String, _ value: AttributeValue) -> Bool {
        switch value {
        case .string(let value): append(key, value)
        case .int(let value): append(key, .int, UInt64(bitPattern: value))
        case .double(let value): append(key, .double, value.bitPattern)
        case .bool(let value):
            append(key, .bool, 1) { target, seed in
                withUnsafeBytes(of: value ? 1 : 0 as UInt8) { Self.copy($0, to: target, seed) }
            }
        case .bytes, .array, .map, .empty: false
        }
    }

    private mutating func append(
        _ key: String, _ kind: AttributeBytes.Kind, _ bits: UInt64
    ) -> Bool {
        append(key, kind, 8) { target, seed in
            withUnsafeBytes(of: bits) { Self.copy($0, to: target, seed) }
        }
    }

    /// - Parameter write: writes the value and answers its hash.
    @inline(__always)
    private mutating func append(
        _ key: String, _ kind: AttributeBytes.Kind, _ valueLength: Int,
        _ write: (UnsafeMutableRawPointer, AttributeHash.Seed) -> UInt64
    ) -> Bool {
        let keyLength = key.utf8.count
        let size = AttributeBytes.headerSize &+ keyLength &+ valueLength
        guard keyLength > 0, count < Self.maximumCount, size <= Self.capacity &- length else {
            return false
        }
        let entry = base + length
        let header = AttributeBytes.header(keyLength, kind, valueLength)
        entry.storeBytes(of: header, as: UInt64.self)
        let keyHash = Self.copy(key, to: entry + AttributeBytes.headerSize, hash.seed)
        let valueHash = write(entry + (AttributeBytes.headerSize &+ keyLength), hash.seed)
        hash.combine(header, key: keyHash, value: valueHash)
        length &+= size
        count &+= 1
        return true
    }

    /// Copies a text and answers its hash. Reading through the UTF-8 view does not retain the
    /// string, as a mutable copy of it would.
    @inline(__always)
    private static func copy(
        _ text: String, to target: UnsafeMutableRawPointer, _ seed: AttributeHash.Seed
    ) -> UInt64 {
        let hash = text.utf8.withContiguousStorageIfAvailable { utf8 in
            copy(UnsafeRawBufferPointer(utf8), to: target, seed)
        }
        return hash ?? copySlowly(text, to: target, seed)
    }

    @inline(__always)
    private static func copy(
        _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutableRawPointer,
        _ seed: AttributeHash.Seed
    ) -> UInt64 {
        AttributeHash.copying(
            bytes.baseAddress ?? UnsafeRawPointer(target), bytes.count, to: target, seed)
    }

    /// Strings whose UTF-8 is not in memory as such, which Linux does not have.
    @inline(never)
    private static func copySlowly(
        _ text: String, to target: UnsafeMutableRawPointer, _ seed: AttributeHash.Seed
    ) -> UInt64 {
        for (index, byte) in text.utf8.enumerated() {
            target.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
        }
        return AttributeHash.of(target, text.utf8.count, seed)
    }
}
