internal import Glibc

/// Attributes as one run of bytes: what sets are stored, compared and hashed as.
///
/// An entry is eight bytes of header (length of the key; kind and length of the value), the key's
/// UTF-8, the value's bytes. Elements of arrays are entries without a key; a map's value is a run
/// of entries. Equal attributes have equal bytes, doubles by bit pattern.
///
/// Sizes of nested values are computed at each level again; `AttributeValue.maximumDepth` bounds
/// that.
enum AttributeBytes {
    /// Longer keys and values are cut there, arrays and maps between two elements: 256 MiB.
    static let maximumLength = (1 << 28) - 1
    static let headerSize = 8

    /// The kinds of value, in the order in which different kinds are sorted.
    enum Kind: UInt32 {
        case empty, bool, int, double, string, bytes, array, map
    }

    /// How many bytes `write` writes.
    static func size(_ attributes: [Attribute]) -> Int {
        attributes.reduce(0) { $0 + size($1.key, $1.value) }
    }

    /// Writes attributes in the order given, `size` bytes.
    static func write(_ attributes: [Attribute], to target: UnsafeMutableRawPointer) {
        var end = target
        for attribute in attributes { end = write(attribute.key, attribute.value, to: end) }
    }

    private static func size(_ key: String, _ value: AttributeValue) -> Int {
        headerSize + min(key.utf8.count, maximumLength) + size(value)
    }

    private static func size(_ value: AttributeValue) -> Int {
        switch value {
        case .empty: 0
        case .bool: 1
        case .int, .double: 8
        case .string(let text): min(text.utf8.count, maximumLength)
        case .bytes(let bytes): min(bytes.count, maximumLength)
        case .array(let values): fitting(values.lazy.map { size("", $0) }).size
        case .map(let attributes): fitting(attributes.lazy.map { size($0.key, $0.value) }).size
        }
    }

    /// How many elements of these sizes fit into a value, and their size.
    private static func fitting(_ sizes: some Sequence<Int>) -> (count: Int, size: Int) {
        var fitting = (count: 0, size: 0)
        for size in sizes {
            if fitting.size + size > maximumLength { break }
            fitting = (fitting.count + 1, fitting.size + size)
        }
        return fitting
    }

    /// Answers where the entry ends.
    private static func write(
        _ key: String, _ value: AttributeValue, to target: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        let keyLength = min(key.utf8.count, maximumLength)
        let start = target + headerSize
        copy(key.utf8, keyLength, to: start)
        let (kind, end) = write(value, to: start + keyLength)
        target.storeBytes(
            of: header(keyLength, kind, end - (start + keyLength)), as: UInt64.self)
        return end
    }

    private static func write(
        _ value: AttributeValue, to target: UnsafeMutableRawPointer
    ) -> (Kind, UnsafeMutableRawPointer) {
        switch value {
        case .empty: return (.empty, target)
        case .bool(let value):
            target.storeBytes(of: value ? 1 : 0, as: UInt8.self)
            return (.bool, target + 1)
        case .int(let value):
            target.storeBytes(of: value, as: Int64.self)
            return (.int, target + 8)
        case .double(let value):
            target.storeBytes(of: value.bitPattern, as: UInt64.self)
            return (.double, target + 8)
        case .string(let text):
            let length = min(text.utf8.count, maximumLength)
            copy(text.utf8, length, to: target)
            return (.string, target + length)
        case .bytes(let bytes):
            let length = min(bytes.count, maximumLength)
            copy(bytes, length, to: target)
            return (.bytes, target + length)
        case .array(let values):
            let count = fitting(values.lazy.map { size("", $0) }).count
            return (.array, values.prefix(count).reduce(target) { write("", $1, to: $0) })
        case .map(let attributes):
            let count = fitting(attributes.lazy.map { size($0.key, $0.value) }).count
            let end = attributes.prefix(count).reduce(target) { write($1.key, $1.value, to: $0) }
            return (.map, end)
        }
    }

    private static func copy(
        _ bytes: some Collection<UInt8>, _ length: Int, to target: UnsafeMutableRawPointer
    ) {
        let target = UnsafeMutableRawBufferPointer(start: target, count: length)
        let isCopied: Void? = bytes.withContiguousStorageIfAvailable { source in
            target.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(source)[..<length]))
        }
        if isCopied == nil { target.copyBytes(from: bytes.prefix(length)) }
    }

    /// The eight bytes in front of an entry.
    static func header(_ keyLength: Int, _ kind: Kind, _ valueLength: Int) -> UInt64 {
        UInt64(keyLength) | UInt64(kind.rawValue) << 60 | UInt64(valueLength) << 32
    }

    /// The length of an entry with this header.
    static func length(_ header: UInt64) -> Int {
        headerSize + keyLength(header) + valueLength(header)
    }

    static func keyLength(_ header: UInt64) -> Int { Int(header & 0xFFFF_FFFF) }

    static func kind(_ header: UInt64) -> Kind? { Kind(rawValue: UInt32(header >> 60)) }

    static func valueLength(_ header: UInt64) -> Int { Int(header >> 32 & 0x0FFF_FFFF) }

    /// Negative if the left bytes sort before the right ones; 0 if they are the same.
    static func order(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int {
        guard let first = left.baseAddress, let second = right.baseAddress else {
            return left.count - right.count
        }
        let order = Int(memcmp(first, second, min(left.count, right.count)))
        return order == 0 ? left.count - right.count : order
    }

    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        return memcmp(first, second, left.count) == 0
    }

    /// The attributes of a run of entries.
    static func decode(_ bytes: UnsafeRawBufferPointer) -> [Attribute] {
        var attributes: [Attribute] = []
        var rest = bytes[...]
        while rest.count >= headerSize {
            let entry = UnsafeRawBufferPointer(rebasing: rest)
            let header = entry.loadUnaligned(as: UInt64.self)
            let length = min(length(header), entry.count)
            let keyEnd = min(headerSize + keyLength(header), length)
            let key = String(decoding: entry[headerSize..<keyEnd], as: UTF8.self)
            let value = UnsafeRawBufferPointer(rebasing: entry[keyEnd..<length])
            attributes.append(Attribute(key, decode(kind(header), value)))
            rest = rest.dropFirst(length)
        }
        return attributes
    }

    static func decode(_ kind: Kind?, _ bytes: UnsafeRawBufferPointer) -> AttributeValue {
        switch kind {
        case .bool?: .bool(bytes.first == 1)
        case .int? where bytes.count == 8: .int(bytes.loadUnaligned(as: Int64.self))
        case .double? where bytes.count == 8:
            .double(Double(bitPattern: bytes.loadUnaligned(as: UInt64.self)))
        case .string?: .string(String(decoding: bytes, as: UTF8.self))
        case .bytes?: .bytes(Array(bytes))
        case .array?: .array(decode(bytes).map(\.value))
        case .map?: .map(decode(bytes))
        case .empty?, .int?, .double?, nil: .empty
        }
    }
}
