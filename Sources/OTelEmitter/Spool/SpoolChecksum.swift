/// CRC-32C (RFC 3720, appendix B.4). It detects every burst error of up to 32 bits, and all but one
/// in four billion other errors.
struct SpoolChecksum {
    /// The effect of each byte value on the remainder, 0 to 7 bytes before the end. With these
    /// eight tables of 256 entries, eight bytes are processed in one step.
    private static let tables: [UInt32] = makeTables()
    /// Castagnoli's polynomial, lowest bit first.
    private static let polynomial: UInt32 = 0x82F6_3B78

    private var remainder = UInt32.max

    /// The checksum of all bytes so far.
    var value: UInt32 { ~remainder }

    mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var crc = remainder
        Self.tables.withUnsafeBufferPointer { table in
            var index = 0
            while index + 8 <= bytes.count {
                let word = UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let mixed = word ^ UInt64(crc)
                crc = 0
                for place in 0..<8 {
                    let byte = Int(truncatingIfNeeded: mixed >> UInt64(8 * place) & 0xFF)
                    crc ^= table[(7 - place) << 8 + byte]
                }
                index += 8
            }
            while index < bytes.count {
                crc = crc >> 8 ^ table[Int((crc ^ UInt32(bytes[index])) & 0xFF)]
                index += 1
            }
        }
        remainder = crc
    }

    private static func makeTables() -> [UInt32] {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for byte in 0..<256 {
            var crc = UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ polynomial : crc >> 1 }
            tables[byte] = crc
        }
        for index in 256..<(8 * 256) {
            let before = tables[index - 256]
            tables[index] = before >> 8 ^ tables[Int(before & 0xFF)]
        }
        return tables
    }
}
