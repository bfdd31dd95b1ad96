/// Writes big-endian values; the counterpart of `ByteReader`.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func write(_ value: UInt8) {
        bytes.append(value)
    }

    mutating func write(_ value: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
        }
    }

    mutating func write(_ value: UInt64) {
        write(UInt32(truncatingIfNeeded: value >> 32))
        write(UInt32(truncatingIfNeeded: value))
    }

    mutating func write(_ digest: Digest) {
        for index in 0..<8 { write(digest.words[index]) }
    }

    mutating func write(_ other: [UInt8]) {
        bytes.append(contentsOf: other)
    }

    mutating func write(_ other: ArraySlice<UInt8>) {
        bytes.append(contentsOf: other)
    }
}
