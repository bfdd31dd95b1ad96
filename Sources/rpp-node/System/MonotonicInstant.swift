internal import Glibc

/// An instant of the kernel's monotonic clock, which setting the time of day does not change.
struct MonotonicInstant: Comparable, Sendable {
    /// Nanoseconds since the start of the clock; an `Int64` holds 292 years.
    let nanoseconds: Int64

    static var now: MonotonicInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(
            nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// The time since `earlier`; negative if `earlier` is later.
    func since(_ earlier: MonotonicInstant) -> Duration {
        .nanoseconds(nanoseconds &- earlier.nanoseconds)
    }

    func advanced(by duration: Duration) -> MonotonicInstant {
        let (sum, isOverflow) = nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        return MonotonicInstant(nanoseconds: isOverflow ? (duration < .zero ? .min : .max) : sum)
    }

    static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }
}

extension Duration {
    /// The duration in whole nanoseconds, limited to the range of `Int64`.
    var wholeNanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }

    /// The duration as a timeout of poll(2): milliseconds rounded up, so that a wait for a deadline
    /// never ends just before it and spins.
    var pollMilliseconds: Int32 {
        let (whole, rest) = max(0, wholeNanoseconds).quotientAndRemainder(dividingBy: 1_000_000)
        return Int32(clamping: whole + (rest > 0 ? 1 : 0))
    }
}
