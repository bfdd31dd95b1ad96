import Synchronization
import TestBench

@testable import OTelEmitter

/// A clock that stands still until a test moves it.
final class ManualClock: Sendable {
    private let nanoseconds = Atomic<Int64>(1_000_000_000)
    /// Seconds since 1970.
    private let wallSeconds: UInt64

    init(wallSeconds: UInt64 = 1_790_000_000) {
        self.wallSeconds = wallSeconds
    }

    var time: MonotonicTime { MonotonicTime(nanoseconds: nanoseconds.load(ordering: .relaxed)) }

    func advance(_ duration: Duration) {
        nanoseconds.add(duration.nanoseconds, ordering: .relaxed)
    }

    var emitterClock: EmitterClock {
        EmitterClock(now: { self.time }, wall: { [wallSeconds] in wallSeconds * 1_000_000_000 })
    }
}
