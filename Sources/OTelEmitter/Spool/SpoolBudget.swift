/// How much one call of `maintain` does, so that no deadline waits for a large directory.
struct SpoolBudget {
    /// Names listed, files removed or directories opened, at most.
    static let stepLimit = 4096
    /// Time that they take, at most.
    static let timeLimit = Duration.milliseconds(10)

    private var steps = Self.stepLimit
    private let end: MonotonicTime
    private let now: () -> MonotonicTime

    init(_ clock: EmitterClock, until deadline: MonotonicTime) {
        now = clock.now
        end = min(clock.now() + Self.timeLimit, deadline)
    }

    /// Whether one more step may be done.
    mutating func spend() -> Bool {
        guard steps > 0, now() < end else { return false }
        steps -= 1
        return true
    }

    var isSpent: Bool { steps <= 0 || now() >= end }
}
