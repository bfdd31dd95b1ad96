/// How long something took, many times, in seconds.
struct Times: CustomStringConvertible {
    private var sorted: [Double]

    init(_ times: [Double]) {
        sorted = times.sorted()
    }

    var worst: Double { sorted.last ?? 0 }

    /// As long as this part of them took, or shorter; 0 if there are none.
    func percentile(_ part: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(Int(Double(sorted.count) * part), sorted.count - 1)]
    }

    /// Median, 99th percentile and the longest, in milliseconds.
    var description: String {
        [percentile(0.5), percentile(0.99), worst].map { Text.rounded($0 * 1000) }
            .joined(separator: " / ")
    }
}
