internal import Instruments

/// The clocks that the export side goes by: passed in, so that a test can step an hour on.
package struct EmitterClock: Sendable {
    /// What deadlines, back-off and the schedule are measured by; never steps back.
    let now: @Sendable () -> MonotonicTime
    /// Nanoseconds since 1970, for what other machines and later processes read.
    let wall: @Sendable () -> UInt64

    /// The system's clocks.
    package static let system = EmitterClock(now: { .now() }, wall: { WallClock.now() })
}
