internal import Instruments

/// The clocks of the export side. They are passed in, so that a test can move an hour ahead.
package struct EmitterClock: Sendable {
    /// Measures deadlines, back-off and the schedule. It never steps back.
    package let now: @Sendable () -> MonotonicTime
    /// Nanoseconds since 1970, for whatever other machines and later processes read.
    package let wall: @Sendable () -> UInt64

    /// The system's clocks.
    package static let system = EmitterClock(now: { .now() }, wall: { WallClock.now() })

    /// Clocks that a test steps.
    ///
    /// - Parameters:
    ///   - uptime: nanoseconds that never decrease.
    ///   - wall: nanoseconds since 1970.
    package static func stepped(
        uptime: @escaping @Sendable () -> UInt64, wall: @escaping @Sendable () -> UInt64
    ) -> EmitterClock {
        EmitterClock(
            now: { MonotonicTime(nanoseconds: Int64(clamping: uptime())) }, wall: wall)
    }

    /// The system's clocks, each moved ahead by an offset that a test supplies.
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
