internal import Glibc

/// An instant of the clock that never steps; what every deadline is measured by.
package struct MonotonicTime: Sendable, Hashable, Comparable {
    /// Since an arbitrary origin.
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    static func now() -> MonotonicTime {
        var time = Glibc.timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(
            nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// Later than any instant that will come.
    package static let distantFuture = MonotonicTime(nanoseconds: .max)
    /// Earlier than any instant that has been.
    package static let distantPast = MonotonicTime(nanoseconds: .min)

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The time from `right` to `left`, held at the ends of the range.
    package static func - (left: MonotonicTime, right: MonotonicTime) -> Duration {
        let (difference, isOverflow) = left.nanoseconds.subtractingReportingOverflow(
            right.nanoseconds)
        if isOverflow { return .nanoseconds(left < right ? Int64.min : .max) }
        return .nanoseconds(difference)
    }

    /// The instant after a duration, held at the ends of the range.
    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, isOverflow) = time.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        if isOverflow { return MonotonicTime(nanoseconds: duration < .zero ? .min : .max) }
        return MonotonicTime(nanoseconds: sum)
    }

    /// For the system's calls, which refuse negative times; the origin is long past, too.
    var timespec: timespec {
        let time = max(nanoseconds, 0)
        return Glibc.timespec(
            tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
    }
}

extension Duration {
    /// Whole nanoseconds, held at the ends of Int64.
    var nanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }
}
