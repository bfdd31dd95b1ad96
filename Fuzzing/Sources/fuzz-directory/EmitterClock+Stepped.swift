import InstrumentsTesting

@testable import OTelEmitter

extension EmitterClock {
    /// In nanoseconds since 1970, when an input begins.
    static let start: UInt64 = 1_790_000_000_000_000_000

    /// Both of the emitter's clocks go on by what this one is told; it begins at `start`.
    static func stepped(_ clock: SteppedClock) -> EmitterClock {
        .stepped(uptime: { clock.now() - start }, wall: clock.now)
    }
}
