import InstrumentsTesting
import OTelEmitter

/// The clocks of an emitter under test: the system's, set on by what the test says.
final class SteppedTime: Sendable {
    /// What the system's clocks are set on by.
    private let (uptime, wall) = (SteppedClock(start: 0), SteppedClock(start: 0))

    var clock: EmitterClock {
        .system(plus: { self.passed }, wallPlus: { Self.offset(of: self.wall) })
    }

    /// The time that a test has let pass.
    var passed: Duration { Self.offset(of: uptime) }

    /// Time passes; the emitter's thread looks at its clock. What it has to tell so far is told before.
    func pass(_ time: Duration, for emitter: Emitter) {
        emitter.settleDiagnostics(within: Pipeline.diagnosticsPatience)
        pass(time)
        emitter.clockWasStepped()
    }

    /// Time passes; nobody is woken by it.
    func pass(_ time: Duration) {
        uptime.advance(by: time)
        wall.advance(by: time)
    }

    /// Somebody sets the wall clock.
    func setWallClock(on by: Duration) {
        wall.advance(by: by)
    }

    /// Negative if the clock was set back.
    private static func offset(of clock: SteppedClock) -> Duration {
        .nanoseconds(Int64(bitPattern: clock.now()))
    }
}
