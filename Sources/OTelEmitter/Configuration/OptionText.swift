internal import Instruments

/// Values of options, for people to read.
enum OptionText {
    /// Whole seconds, else milliseconds.
    static func duration(_ duration: Duration) -> String {
        let parts = duration.components
        return parts.attoseconds == 0 ? "\(parts.seconds) s" : milliseconds(duration) + " ms"
    }

    static func milliseconds(_ duration: Duration) -> String {
        "\(duration.nanoseconds / 1_000_000)"
    }

    /// Limits by kind of instrument.
    static func limits(_ limits: [InstrumentKind: Int]) -> String {
        list(limits.map { "\($0.key)=\($0.value)" }.sorted())
    }

    static func list(_ parts: [String]) -> String {
        parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }

    static func presence(_ isSet: Bool) -> String { isSet ? "set" : "none" }
}
