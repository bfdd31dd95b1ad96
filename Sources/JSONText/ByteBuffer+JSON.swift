/// JSON values (RFC 8259) in the form that OTLP (*JSON Protobuf Encoding*) and the node's documents
/// use.
extension ByteBuffer {
    /// An integer in decimal, without quotes.
    package mutating func append(integer value: Int64) {
        write(upTo: BytePen.longestInteger) { $0.put(integer: value) }
    }

    /// An unsigned integer in decimal, without quotes.
    package mutating func append(integer value: UInt64) {
        write(upTo: BytePen.longestInteger) { $0.put(integer: value) }
    }

    /// A double: the shortest number that is read back as the same value. `"NaN"`, `"Infinity"` and
    /// `"-Infinity"` are in quotes, since JSON has no literal for them.
    package mutating func append(double value: Double) {
        write(upTo: BytePen.longestDouble) { $0.put(double: value) }
    }

    /// A string with its quotes. `"`, `\` and U+0000 to U+001F are escaped; everything else is
    /// written unchanged.
    package mutating func append(string: String) {
        var string = string
        append(byte: UInt8(ascii: "\""))
        string.withUTF8 { utf8 in
            let raw = UnsafeRawBufferPointer(utf8)
            var start = 0
            for index in raw.indices {
                let byte = raw[index]
                guard byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
                    continue
                }
                append(bytes: UnsafeRawBufferPointer(rebasing: raw[start..<index]))
                appendEscape(byte)
                start = index + 1
            }
            append(bytes: UnsafeRawBufferPointer(rebasing: raw[start...]))
        }
        append(byte: UInt8(ascii: "\""))
    }

    /// Sixteen hexadecimal digits, without quotes.
    package mutating func append(hexadecimal value: UInt64) {
        for position in stride(from: 60, through: 0, by: -4) {
            append(byte: Self.hexDigit(UInt8(truncatingIfNeeded: value >> UInt64(position)) & 15))
        }
    }

    /// Bytes as Base64 with padding, in quotes.
    package mutating func append(base64 bytes: [UInt8]) {
        append(byte: UInt8(ascii: "\""))
        var index = 0
        while index < bytes.count {
            let group = bytes[index..<min(index + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group {
                bits = bits << 8 | UInt32(byte)
            }
            bits <<= UInt32(3 - group.count) * 8
            for position in 0..<4 {
                let isPadding = position > group.count
                let sextet = Int(bits >> UInt32(18 - 6 * position)) & 63
                append(byte: isPadding ? UInt8(ascii: "=") : Self.base64Digit(sextet))
            }
            index += 3
        }
        append(byte: UInt8(ascii: "\""))
    }

    private mutating func appendEscape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""): append("\\\"")
        case UInt8(ascii: "\\"): append("\\\\")
        case UInt8(ascii: "\n"): append("\\n")
        case UInt8(ascii: "\r"): append("\\r")
        case UInt8(ascii: "\t"): append("\\t")
        default:
            append("\\u00")
            append(byte: Self.hexDigit(byte >> 4))
            append(byte: Self.hexDigit(byte & 15))
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func base64Digit(_ value: Int) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + UInt8(value)
        case 26..<52: UInt8(ascii: "a") + UInt8(value - 26)
        case 52..<62: UInt8(ascii: "0") + UInt8(value - 52)
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
