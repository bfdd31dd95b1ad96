import Glibc

/// What a piece of work takes, in nanoseconds.
public struct ProcessorTime {
    public let wall: Double
    /// What the calling thread had of the processor: on a machine that others use, too, what the
    /// work costs.
    public let processor: Double

    public static func measure(_ work: () -> Void) -> ProcessorTime {
        let (wall, processor) = (now(CLOCK_MONOTONIC), now(CLOCK_THREAD_CPUTIME_ID))
        work()
        return ProcessorTime(
            wall: now(CLOCK_MONOTONIC) - wall, processor: now(CLOCK_THREAD_CPUTIME_ID) - processor)
    }

    private static func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
