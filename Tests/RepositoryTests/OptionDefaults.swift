import OTelEmitter

/// The defaults of the emitter's options.
enum OptionDefaults {
    /// As they are printed, by option.
    static let printed: [String: String] = {
        let plain = EmitterConfiguration(environment: [:])
        var spooling = plain
        spooling.spool = SpoolOptions(directory: "d")
        let options = spooling.effective + plain.effective
        return Dictionary(options.map { ($0.name, $0.value) }) { $1 }
            .merging(["resource": ""]) { $1 }
    }()

    /// What a text for people would be if it were printed: `64 MiB` is `67108864 bytes`, `48 h` is
    /// `172800 s`, `.gzip` is `gzip`.
    static func asPrinted(_ text: String) -> String {
        let words = text.split(separator: " ").map(String.init)
        if words.count == 2, let number = Int(words[0]) {
            switch words[1] {
            case "MiB": return "\(number << 20) bytes"
            case "GiB": return "\(number << 30) bytes"
            case "h": return "\(number * 3600) s"
            default: return text
            }
        }
        let name = text.hasPrefix(".") ? String(text.dropFirst()) : text
        return name.hasSuffix("()") ? String(name.dropLast(2)) : name
    }
}
