internal import OTelEmitter
internal import OTelEmitterTools

/// Numbers as people write them in decimal: the whole text, or nothing.
enum NumberText {
    /// An integer if it is written as one, else a double; nil if the text is no number, or an
    /// integer that does not fit.
    static func amount(_ text: String) -> Measurement.Amount? {
        let digits = text.utf8.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        let isInteger = !digits.isEmpty && digits.allSatisfy { (0x30...0x39).contains($0) }
        if isInteger { return Int(text).map { .integer($0) } }
        return double(text).map { .double($0) }
    }

    /// Seconds without a fraction that is zero.
    static func seconds(_ duration: Duration) -> String {
        let (whole, attoseconds) = duration.components
        return attoseconds == 0 ? "\(whole)" : "\(Double(whole) + Double(attoseconds) / 1e18)"
    }

    /// Finite, and without what `Double` takes besides: hexadecimal, `nan`, `inf`.
    static func double(_ text: String) -> Double? {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isPlain, let double = Double(text), double.isFinite else { return nil }
        return double
    }
}
