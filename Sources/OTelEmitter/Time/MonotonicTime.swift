internal import Glibc

/// An instant of the monotonic clock, which never steps. Every deadline is measured by it.
package struct MonotonicTime: Sendable, Hashable, Comparable {
    /// Nanoseconds since an arbitrary origin.
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

    /// Later than any instant that will ever be measured.
    package static let distantFuture = MonotonicTime(nanoseconds: .max)
    /// Earlier than any instant that was ever measured.
    package static let distantPast = MonotonicTime(nanoseconds: .min)

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The time from `right` to `left`, limited to what 64 bits of nanoseconds can hold.
    package static func - (left: MonotonicTime, right: MonotonicTime) -> Duration {
        let (difference, isOverflow) = left.nanoseconds.subtractingReportingOverflow(
            right.nanoseconds)
        if isOverflow { return .nanoseconds(left < right ? Int64.min : .max) }
        return .nanoseconds(difference)
    }

    /// The instant after a duration, limited to what 64 bits of nanoseconds can hold.
    package static func + (time: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, isOverflow) = time.nanoseconds.addingReportingOverflow(duration.nanoseconds)
        if isOverflow { return MonotonicTime(nanoseconds: duration < .zero ? .min : .max) }
        return MonotonicTime(nanoseconds: sum)
    }

    /// The form that system calls take. They refuse negative times, so those become the origin,
    /// which has passed as well.
    var timespec: timespec {
        let time = max(nanoseconds, 0)
        return Glibc.timespec(
            tv_sec: Int(time / 1_000_000_000), tv_nsec: Int(time % 1_000_000_000))
    }
}

extension Duration {
    /// Whole nanoseconds, limited to the range of `Int64`.
    var nanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }
}
