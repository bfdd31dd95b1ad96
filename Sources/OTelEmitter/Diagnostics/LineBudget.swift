/// How many lines of one cause an hour may still have.
struct LineBudget {
    private static let hour = Duration.seconds(3600)

    private let limit: Int
    /// When the lines of the last hour were told, the oldest first.
    private var told: [MonotonicTime] = []

    /// - Parameter limit: lines in an hour.
    init(_ limit: Int) {
        self.limit = limit
    }

    /// Whether so many lines may be told now.
    func has(_ lines: Int = 1, at time: MonotonicTime) -> Bool {
        told.count { $0 + Self.hour > time } + lines <= limit
    }

    /// Lines were told. More than there is room for count as well: ends are told in any case.
    mutating func spend(_ lines: Int = 1, at time: MonotonicTime) {
        told.removeAll { $0 + Self.hour <= time }
        told += repeatElement(time, count: lines)
    }
}
