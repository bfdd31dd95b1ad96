/// A SHA-256 value as its eight big-endian words.
struct Digest: Hashable, Sendable, CustomStringConvertible {
    static let zero = Digest(words: SIMD8())
    static let byteCount = 32

    var words: SIMD8<UInt32>

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(self)
        return writer.bytes
    }

    /// `0x` and 64 hexadecimal digits.
    var description: String { "0x" + Hexadecimal.encode(bytes) }

    /// The words at `2 * index` and after it, as one number.
    func number(_ index: Int) -> UInt64 {
        UInt64(words[2 * index]) << 32 | UInt64(words[2 * index + 1])
    }
}
