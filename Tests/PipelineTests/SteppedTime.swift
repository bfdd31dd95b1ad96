import OTelEmitter
import TestBench

/// The clocks of an emitter under test: the system's, set on by what the test says.
final class SteppedTime: Sendable {
    private struct Offsets {
        var monotonic = Duration.zero
        var wall = Duration.zero
    }

    private let offsets = Monitor(Offsets())

    var clock: EmitterClock {
        .system(
            plus: { [offsets] in offsets.withLock { $0.monotonic } },
            wallPlus: { [offsets] in offsets.withLock { $0.wall } })
    }

    /// The time that a test has let pass.
    var passed: Duration { offsets.withLock { $0.monotonic } }

    /// Time passes; the emitter's thread looks at its clock. What it has to tell so far is told before.
    func pass(_ time: Duration, for emitter: Emitter) {
        emitter.settleDiagnostics(within: Pipeline.diagnosticsPatience)
        pass(time)
        emitter.clockWasStepped()
    }

    /// Time passes; nobody is woken by it.
    func pass(_ time: Duration) {
        offsets.withLock { offsets in
            offsets.monotonic += time
            offsets.wall += time
        }
    }

    /// Somebody sets the wall clock.
    func setWallClock(on by: Duration) {
        offsets.withLock { $0.wall += by }
    }
}
