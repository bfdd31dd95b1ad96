/// The specification's syntax of names of instruments (checklist A3.3).
package enum InstrumentName {
    package static let byteLimit = 255

    /// A letter, then letters, digits, `_`, `.`, `-` and `/`; all of ASCII.
    package static func isValid(_ name: String) -> Bool {
        let utf8 = name.utf8
        guard let first = utf8.first, utf8.count <= byteLimit, isLetter(first) else {
            return false
        }
        return utf8.allSatisfy { byte in
            isLetter(byte) || (0x30...0x39).contains(byte) || "_.-/".utf8.contains(byte)
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
