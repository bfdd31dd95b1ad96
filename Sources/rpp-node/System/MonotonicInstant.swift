internal import Glibc

/// A point on the kernel's monotonic clock, which no clock setting moves.
struct MonotonicInstant: Comparable, Sendable {
    /// Nanoseconds since the clock's start; an `Int64` lasts 292 years.
    let nanoseconds: Int64

    static var now: MonotonicInstant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicInstant(
            nanoseconds: Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec))
    }

    /// The time since `earlier`; negative if that lies in the future.
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
    /// The duration in nanoseconds, saturated at what an `Int64` holds.
    var wholeNanoseconds: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }

    /// The duration as a poll(2) timeout: whole milliseconds rounded up, so that a wait for a
    /// deadline never wakes just before it and spins.
    var pollMilliseconds: Int32 {
        let (whole, rest) = max(0, wholeNanoseconds).quotientAndRemainder(dividingBy: 1_000_000)
        return Int32(clamping: whole + (rest > 0 ? 1 : 0))
    }
}
