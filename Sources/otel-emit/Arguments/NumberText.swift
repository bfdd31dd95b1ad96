internal import OTelEmitter
internal import OTelEmitterTools

/// Reads and writes decimal numbers. A text must be a number as a whole.
enum NumberText {
    /// An integer if the text is written as one, otherwise a double. Nil if the text is not a
    /// number, or an integer that does not fit into 64 bits.
    static func amount(_ text: String) -> Measurement.Amount? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let isInteger = !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
        if isInteger { return Int(text).map { .integer($0) } }
        return double(text).map { .double($0) }
    }

    /// The duration in seconds. A fraction of zero is omitted.
    static func seconds(_ duration: Duration) -> String {
        let (whole, attoseconds) = duration.components
        return attoseconds == 0 ? "\(whole)" : "\(Double(whole) + Double(attoseconds) / 1e18)"
    }

    /// A finite number in decimal. `Double` would also accept hexadecimal, `nan` and `inf`.
    static func double(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let double = Double(text), double.isFinite else { return nil }
        return double
    }
}
