/// Numbers for people, without Foundation.
enum Text {
    /// With two decimals.
    static func rounded(_ value: Double) -> String {
        let hundredths = Int((abs(value) * 100).rounded())
        let sign = value < 0 ? "-" : ""
        return "\(sign)\(hundredths / 100).\(String(hundredths % 100 + 100).dropFirst())"
    }

    static func mebibytes(_ bytes: Int) -> String { rounded(Double(bytes) / 1_048_576) + " MiB" }
}
