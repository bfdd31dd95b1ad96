/// Limits how many lines of the same kind are reported in an hour.
struct LineBudget {
    private static let hour = Duration.seconds(3600)

    private let limit: Int
    /// When the lines of the last hour were reported, oldest first.
    private var told: [MonotonicTime] = []

    /// - Parameter limit: the number of lines in an hour.
    init(_ limit: Int) {
        self.limit = limit
    }

    /// Whether this many lines may be reported now.
    func has(_ lines: Int = 1, at time: MonotonicTime) -> Bool {
        told.count { $0 + Self.hour > time } + lines <= limit
    }

    /// Counts lines that were reported. Lines beyond the limit count too, since the end of an
    /// outage is always reported.
    mutating func spend(_ lines: Int = 1, at time: MonotonicTime) {
        told.removeAll { $0 + Self.hour <= time }
        told += repeatElement(time, count: lines)
    }
}
