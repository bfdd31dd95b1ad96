internal import Instruments

/// The clocks that the export side goes by: passed in, so that a test can step an hour on.
package struct EmitterClock: Sendable {
    /// What deadlines, back-off and the schedule are measured by; never steps back.
    package let now: @Sendable () -> MonotonicTime
    /// Nanoseconds since 1970, for what other machines and later processes read.
    package let wall: @Sendable () -> UInt64

    /// The system's clocks.
    package static let system = EmitterClock(now: { .now() }, wall: { WallClock.now() })

    /// The system's clocks, each set on by what a test says.
    package static func system(
        plus offset: @escaping @Sendable () -> Duration,
        wallPlus wallOffset: @escaping @Sendable () -> Duration
    ) -> EmitterClock {
        EmitterClock(
            now: { .now() + offset() },
            wall: {
                let time = Int64(clamping: WallClock.now())
                let (sum, overflow) = time.addingReportingOverflow(wallOffset().nanoseconds)
                return overflow ? UInt64(Int64.max) : UInt64(max(sum, 0))
            })
    }
}
