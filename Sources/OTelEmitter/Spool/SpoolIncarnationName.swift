/// The name of an incarnation's directory. It begins with the time of creation in nanoseconds since
/// 1970, as 20 digits, so names sort by age. An identifier of the process follows.
package enum SpoolIncarnationName {
    /// The highest number of characters in the identifier.
    static let lengthLimit = 64
    private static let timeDigits = 20

    /// - Parameter incarnation: characters other than letters, digits, `.`, `_` and `-` are
    ///   replaced.
    static func make(at time: UInt64, incarnation: String) -> String {
        let digits = String(time)
        let zeroes = String(repeating: "0", count: timeDigits - digits.count)
        let name = incarnation.unicodeScalars.prefix(lengthLimit).map { scalar in
            scalar.value < 0x80 && isAllowed(UInt8(scalar.value)) ? String(scalar) : "_"
        }.joined()
        return zeroes + digits + "-" + (name.isEmpty ? "process" : name)
    }

    /// Whether a directory with this name was created by the spool.
    package static func isValid(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        let rest = bytes.dropFirst(timeDigits)
        return bytes.prefix(timeDigits).allSatisfy(isDigit) && rest.first == UInt8(ascii: "-")
            && (2...lengthLimit + 1).contains(rest.count) && rest.allSatisfy(isAllowed)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || [UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-")].contains(byte)
    }
}
