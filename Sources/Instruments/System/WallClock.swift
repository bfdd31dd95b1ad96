internal import Glibc

/// The system's clocks.
public enum WallClock {
    /// Nanoseconds since 1970, UTC.
    public static func now() -> UInt64 { read(CLOCK_REALTIME) }

    /// Nanoseconds since the system started; nobody can set this clock.
    public static func uptime() -> UInt64 { read(CLOCK_MONOTONIC) }

    private static func read(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(max(time.tv_sec, 0)) &* 1_000_000_000 &+ UInt64(max(time.tv_nsec, 0))
    }
}
