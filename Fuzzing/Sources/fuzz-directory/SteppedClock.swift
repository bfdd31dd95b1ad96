import Synchronization

@testable import OTelEmitter

/// Clocks that go on by what they are told.
final class SteppedClock: Sendable {
    /// In nanoseconds since 1970, when an input begins.
    private static let start: UInt64 = 1_790_000_000_000_000_000
    private let passed = Atomic<UInt64>(0)

    var clock: EmitterClock {
        EmitterClock(
            now: { [self] in
                MonotonicTime(nanoseconds: Int64(passed.load(ordering: .relaxed)))
            },
            wall: { [self] in Self.start + passed.load(ordering: .relaxed) })
    }

    func pass(_ time: Duration) {
        passed.add(UInt64(time.nanoseconds), ordering: .relaxed)
    }
}
