/// Decides when the next periodic collection is due. Intervals run from start to start. After a
/// pause there is one collection, however many were missed.
struct Schedule: Sendable {
    private let interval: Duration
    private(set) var next: MonotonicTime

    /// - Parameter phase: the part of an interval, from 0 to 1, after which the first collection is
    ///   due. It is random, so that a thousand nodes do not collect at the same moment.
    init(interval: Duration, from start: MonotonicTime, phase: Double = 1) {
        self.interval = min(max(interval, .milliseconds(1)), .nanoseconds(Int64.max))
        next = start + self.interval * min(max(phase, 0), 1)
    }

    /// Returns whether a collection is due. If so, moves on to the next one.
    mutating func isDue(at time: MonotonicTime) -> Bool {
        guard time >= next else { return false }
        let missed = (time - next).nanoseconds / max(interval.nanoseconds, 1)
        next = next + interval * Int(missed + 1)
        return true
    }
}
