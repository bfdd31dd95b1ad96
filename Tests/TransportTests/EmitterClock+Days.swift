import InstrumentsTesting

@testable import OTelEmitter

extension EmitterClock {
    /// A clock whose deadlines go by `uptime`, and whose day is always the same.
    ///
    /// - Parameter day: any second of it, since 1970; by default of 2026-09-21.
    static func stepped(
        _ uptime: SteppedClock = SteppedClock(start: 1_000_000_000), on day: UInt64 = 1_790_000_000
    ) -> EmitterClock {
        .stepped(uptime: uptime.now, wall: { day * 1_000_000_000 })
    }
}
