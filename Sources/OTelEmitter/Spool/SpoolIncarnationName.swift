/// What the directory of one incarnation of a process is called: when it was made, in nanoseconds
/// since 1970, as 20 digits, then a name that tells processes apart. So names sort by age.
package enum SpoolIncarnationName {
    /// Characters of the part that the process chooses.
    static let lengthLimit = 64
    private static let timeDigits = 20

    /// - Parameter incarnation: other characters than letters, digits, `.`, `_` and `-` are replaced.
    static func make(at time: UInt64, incarnation: String) -> String {
        let digits = String(time)
        let zeroes = String(repeating: "0", count: timeDigits - digits.count)
        let name = incarnation.unicodeScalars.prefix(lengthLimit).map { scalar in
            scalar.value < 0x80 && isAllowed(UInt8(scalar.value)) ? String(scalar) : "_"
        }.joined()
        return zeroes + digits + "-" + (name.isEmpty ? "process" : name)
    }

    /// Whether the spool has made a directory of that name.
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
