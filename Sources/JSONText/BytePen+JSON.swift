/// Numbers (RFC 8259) in the form that OTLP (*JSON Protobuf Encoding*) and the node's documents
/// use.
extension BytePen {
    /// The room that an integer needs, in bytes: twenty digits, and the bytes that are stored after
    /// them.
    package static let longestInteger = 28
    /// The room that a double needs, in bytes: sign, seventeen digits, point and exponent.
    package static let longestDouble = 32

    /// An integer in decimal, without quotes.
    @inlinable
    package mutating func put(integer value: Int64) {
        if value < 0 { put(byte: UInt8(ascii: "-")) }
        put(integer: value.magnitude)
    }

    /// An unsigned integer in decimal, without quotes.
    @inlinable
    package mutating func put(integer value: UInt64) {
        if value < 10 {
            put(byte: UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value))
        } else if value < 100_000_000 {
            putLeading(UInt32(truncatingIfNeeded: value))
        } else {
            putLong(value)
        }
    }

    @usableFromInline
    mutating func putLong(_ value: UInt64) {
        let (high, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
        put(integer: high)
        putEight(UInt32(truncatingIfNeeded: low))
    }

    /// A number below 10^8 as eight digits, with leading zeros.
    @inlinable
    package mutating func putEight(_ value: UInt32) {
        store(Self.digits(value) &+ Self.zeroes)
        end += 8
    }

    /// A number from 1 to 10^8 − 1 without leading zeros. It stores eight bytes in any case.
    @inlinable
    mutating func putLeading(_ value: UInt32) {
        let digits = Self.digits(value)
        let leading = digits.trailingZeroBitCount & ~7
        store((digits &+ Self.zeroes) &>> UInt64(truncatingIfNeeded: leading))
        end += 8 &- leading &>> 3
    }

    /// The digit zero, eight times.
    @inlinable
    static var zeroes: UInt64 { 0x3030_3030_3030_3030 }

    /// The eight digits of a number below 10^8, one in each byte, the first one in the lowest byte.
    /// The halves, quarters and eighths of the number are divided at the same time in one word.
    @inlinable
    static func digits(_ value: UInt32) -> UInt64 {
        let (high, low) = value.quotientAndRemainder(dividingBy: 10_000)
        let halves = UInt64(high) | UInt64(low) &<< 32
        // 10486 / 2^20 equals 1/100 for numbers below 10^4, and 103 / 2^10 equals 1/10 below 100.
        let hundreds = (halves &* 10_486) &>> 20 & 0x7F_0000_007F
        let quarters = hundreds | (halves &- 100 &* hundreds) &<< 16
        let tens = (quarters &* 103) &>> 10 & 0x000F_000F_000F_000F
        return tens | (quarters &- 10 &* tens) &<< 8
    }

    @inlinable
    mutating func store(_ digits: UInt64) {
        UnsafeMutableRawPointer(end).storeBytes(of: digits.littleEndian, as: UInt64.self)
    }

    /// A double: the shortest number that is read back as the same value. `"NaN"`, `"Infinity"` and
    /// `"-Infinity"` are in quotes, since JSON has no literal for them.
    @inlinable
    package mutating func put(double value: Double) {
        // Whole numbers below 2^53 are exact as integers and need no fraction. Zero keeps its sign.
        if value.magnitude < 9_007_199_254_740_992 {
            let whole = Int64(value)
            if Double(whole) == value, whole != 0 || value.sign == .plus {
                return put(integer: whole)
            }
        }
        putFraction(value)
    }

    @usableFromInline
    mutating func putFraction(_ value: Double) {
        if value.isFinite {
            var stream = DigitStream(pen: self)
            value.write(to: &stream)
            self = stream.pen
        } else if value.isNaN {
            put("\"NaN\"")
        } else {
            put(value > 0 ? "\"Infinity\"" : "\"-Infinity\"")
        }
    }
}

/// Takes the digits of a double from the standard library, which writes them without making a
/// `String`.
private struct DigitStream: TextOutputStream {
    var pen: BytePen

    mutating func write(_ string: String) {
        var string = string
        string.withUTF8 { pen.put(UnsafeRawBufferPointer($0)) }
    }

    mutating func _writeASCII(_ buffer: UnsafeBufferPointer<UInt8>) {
        pen.put(UnsafeRawBufferPointer(buffer))
    }
}
