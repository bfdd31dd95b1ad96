internal import Glibc

/// Attributes as one run of bytes: what sets are stored, compared and hashed as.
///
/// An entry is eight bytes of header (length of the key; kind and length of the value), the key's
/// UTF-8, the value's bytes. Elements of arrays are entries without a key; a map's value is a run
/// of entries. Equal attributes have equal bytes, doubles by bit pattern.
enum AttributeBytes {
    /// Longer keys and values are cut there: 256 MiB.
    static let maximumLength = (1 << 28) - 1
    static let headerSize = 8

    /// The kinds of value, in the order in which different kinds are sorted.
    enum Kind: UInt32 {
        case empty, bool, int, double, string, bytes, array, map
    }

    /// The bytes of attributes in the order given.
    static func encode(_ attributes: [Attribute]) -> [UInt8] {
        var bytes: [UInt8] = []
        for attribute in attributes {
            append(attribute.key, attribute.value, to: &bytes)
        }
        return bytes
    }

    private static func append(_ key: String, _ value: AttributeValue, to bytes: inout [UInt8]) {
        let key = key.utf8.prefix(maximumLength)
        let start = bytes.count
        appendHeader(key.count, .empty, 0, to: &bytes)
        bytes.append(contentsOf: key)
        let valueStart = bytes.count
        let kind = append(value, to: &bytes)
        if bytes.count - valueStart > maximumLength {
            bytes.removeLast(bytes.count - valueStart - maximumLength)
        }
        var header: [UInt8] = []
        appendHeader(key.count, kind, bytes.count - valueStart, to: &header)
        bytes.replaceSubrange(start..<start + headerSize, with: header)
    }

    private static func appendHeader(
        _ keyLength: Int, _ kind: Kind, _ valueLength: Int, to bytes: inout [UInt8]
    ) {
        withUnsafeBytes(of: header(keyLength, kind, valueLength)) { bytes.append(contentsOf: $0) }
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

    static func valueLength(_ header: UInt64) -> Int { Int(header >> 32 & 0x0FFF_FFFF) }

    private static func append(_ value: AttributeValue, to bytes: inout [UInt8]) -> Kind {
        switch value {
        case .empty: return .empty
        case .bool(let value):
            bytes.append(value ? 1 : 0)
            return .bool
        case .int(let value):
            withUnsafeBytes(of: value) { bytes.append(contentsOf: $0) }
            return .int
        case .double(let value):
            withUnsafeBytes(of: value.bitPattern) { bytes.append(contentsOf: $0) }
            return .double
        case .string(let value):
            bytes.append(contentsOf: value.utf8)
            return .string
        case .bytes(let value):
            bytes.append(contentsOf: value)
            return .bytes
        case .array(let values):
            for value in values { append("", value, to: &bytes) }
            return .array
        case .map(let attributes):
            for attribute in attributes { append(attribute.key, attribute.value, to: &bytes) }
            return .map
        }
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
            attributes.append(Attribute(key, decode(Kind(rawValue: UInt32(header >> 60)), value)))
            rest = rest.dropFirst(length)
        }
        return attributes
    }

    private static func decode(_ kind: Kind?, _ bytes: UnsafeRawBufferPointer) -> AttributeValue {
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
