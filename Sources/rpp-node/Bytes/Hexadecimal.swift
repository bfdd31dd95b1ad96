/// Lower-case hexadecimal text.
enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        let digits = self.digits
        return String(unsafeUninitializedCapacity: bytes.count * 2) { buffer in
            // SAFETY: two bytes are written for each byte, which is the buffer's capacity.
            var index = 0
            for byte in bytes {
                buffer[index] = digits[Int(byte >> 4)]
                buffer[index + 1] = digits[Int(byte & 15)]
                index += 2
            }
            return index
        }
    }
}
