/// The text of strings that a cursor has skipped.
extension JSONCursor {
    /// The text of a string, with escapes resolved. Everything that is not valid Unicode becomes
    /// U+FFFD.
    ///
    /// - Parameter string: the result of `skipString` or `name`.
    package func text(of string: Range<Int>) -> String {
        let raw = UnsafeRawBufferPointer(rebasing: bytes[string])
        guard raw.contains(UInt8(ascii: "\\")) else { return plainText(of: string) }
        var unescaped: [UInt8] = []
        unescaped.reserveCapacity(raw.count)
        var index = 0
        while index < raw.count {
            if raw[index] == UInt8(ascii: "\\"), index + 1 < raw.count {
                index = Self.unescape(raw, index + 1, into: &unescaped)
            } else {
                unescaped.append(raw[index])
                index += 1
            }
        }
        return String(decoding: unescaped, as: UTF8.self)
    }

    /// The text of bytes that contain no escapes.
    func plainText(of range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    /// Whether a string, with escapes resolved, is exactly this text.
    package func string(_ string: Range<Int>, is text: StaticString) -> Bool {
        let raw = UnsafeRawBufferPointer(rebasing: bytes[string])
        let text = UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        if raw.count == text.count, raw.elementsEqual(text) { return true }
        return raw.count > text.count && raw.contains(UInt8(ascii: "\\"))
            && self.text(of: string).utf8.elementsEqual(text)
    }

    /// Resolves the escape whose second byte is at `index`. Returns the index after it.
    private static func unescape(
        _ raw: UnsafeRawBufferPointer, _ index: Int, into text: inout [UInt8]
    ) -> Int {
        switch raw[index] {
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            let (scalar, end) = scalar(raw, index + 1)
            text.append(contentsOf: String(scalar).utf8)
            return end
        default: text.append(raw[index])
        }
        return index + 1
    }

    /// The scalar of a `\u` escape, or of two that form a surrogate pair, and the index after it.
    /// An unpaired surrogate becomes U+FFFD.
    private static func scalar(
        _ raw: UnsafeRawBufferPointer, _ index: Int
    ) -> (Unicode.Scalar, end: Int) {
        let first = codeUnit(raw, index)
        if let scalar = Unicode.Scalar(first) { return (scalar, index + 4) }
        let next = index + 4
        if first < 0xDC00, next + 6 <= raw.count, raw[next] == UInt8(ascii: "\\"),
            raw[next + 1] == UInt8(ascii: "u")
        {
            let second = codeUnit(raw, next + 2)
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(
                    0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00))
            {
                return (scalar, next + 6)
            }
        }
        return ("\u{FFFD}", next)
    }

    private static func codeUnit(_ raw: UnsafeRawBufferPointer, _ index: Int) -> UInt16 {
        (index..<min(index + 4, raw.count)).reduce(0) {
            $0 << 4 | UInt16(raw[$1].hexadecimalDigit ?? 0)
        }
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    var hexadecimalDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
