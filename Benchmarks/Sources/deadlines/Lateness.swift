/// How late something was, many times, in milliseconds.
struct Lateness {
    private var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    /// The same, measured from a moment that was earlier by so much.
    func later(by shift: Double) -> Lateness {
        Lateness(values: values.map { $0 + shift })
    }

    var maximum: Double { values.max() ?? 0 }

    /// Median, 99th percentile and maximum, in columns.
    var text: String {
        [quantile(0.5), quantile(0.99), maximum].map(Self.column).joined()
    }

    private func quantile(_ share: Double) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? 0 : sorted[min(Int(share * Double(sorted.count)), sorted.count - 1)]
    }

    /// Three decimals, right-aligned.
    private static func column(_ value: Double) -> String {
        let thousandths = Int((abs(value) * 1000).rounded())
        let sign = value < 0 && thousandths > 0 ? "-" : ""
        let text = "\(sign)\(thousandths / 1000).\(String(thousandths % 1000 + 1000).dropFirst())"
        return String(repeating: " ", count: max(10 - text.count, 0)) + text
    }
}
