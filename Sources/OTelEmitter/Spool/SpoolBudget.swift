/// Limits the work of one call of `maintain`, so that a large directory delays no deadline.
struct SpoolBudget {
    /// The highest number of names listed, files removed or directories opened.
    static let stepLimit = 4096
    /// The longest time that they may take.
    static let timeLimit = Duration.milliseconds(10)

    private var steps = Self.stepLimit
    private let end: MonotonicTime
    private let now: () -> MonotonicTime

    init(_ clock: EmitterClock, until deadline: MonotonicTime) {
        now = clock.now
        end = min(clock.now() + Self.timeLimit, deadline)
    }

    /// Returns whether one more step is allowed, and counts it.
    mutating func spend() -> Bool {
        guard steps > 0, now() < end else { return false }
        steps -= 1
        return true
    }

    var isSpent: Bool { steps <= 0 || now() >= end }
}
