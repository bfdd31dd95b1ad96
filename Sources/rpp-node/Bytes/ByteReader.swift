/// Why bytes from outside were refused.
enum DecodingFailure: Error, Equatable {
    case truncated
    case trailingBytes
    case notCanonical
    case limitExceeded
    case unknownKind
}

/// Reads big-endian values from untrusted bytes.
struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    var remaining: Int { bytes.endIndex - position }

    mutating func read(_ count: Int) throws(DecodingFailure) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else { throw .truncated }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    mutating func readUInt8() throws(DecodingFailure) -> UInt8 {
        guard remaining > 0 else { throw .truncated }
        defer { position += 1 }
        return bytes[position]
    }

    mutating func readUInt32() throws(DecodingFailure) -> UInt32 {
        UInt32(truncatingIfNeeded: try readBigEndian(4))
    }

    mutating func readUInt64() throws(DecodingFailure) -> UInt64 {
        try readBigEndian(8)
    }

    mutating func readDigest() throws(DecodingFailure) -> Digest {
        var words = SIMD8<UInt32>()
        for index in 0..<8 { words[index] = try readUInt32() }
        return Digest(words: words)
    }

    /// Ends the reading. Bytes that are left over are an error.
    func finish() throws(DecodingFailure) {
        guard remaining == 0 else { throw .trailingBytes }
    }

    private mutating func readBigEndian(_ count: Int) throws(DecodingFailure) -> UInt64 {
        var value: UInt64 = 0
        for byte in try read(count) { value = value << 8 | UInt64(byte) }
        return value
    }
}
