/// When the next periodic collection is due: start to start, and one only after a pause, however
/// many were missed.
struct Schedule: Sendable {
    private let interval: Duration
    private(set) var next: MonotonicTime

    /// - Parameter phase: the part of an interval, from 0 to 1, after which the first collection is
    ///   due: random, so that a thousand nodes do not march in step.
    init(interval: Duration, from start: MonotonicTime, phase: Double = 1) {
        self.interval = min(max(interval, .milliseconds(1)), .nanoseconds(Int64.max))
        next = start + self.interval * min(max(phase, 0), 1)
    }

    /// Moves on if a collection is due.
    mutating func isDue(at time: MonotonicTime) -> Bool {
        guard time >= next else { return false }
        let missed = (time - next).nanoseconds / max(interval.nanoseconds, 1)
        next = next + interval * Int(missed + 1)
        return true
    }
}
