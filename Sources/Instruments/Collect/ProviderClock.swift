internal import Glibc
internal import Synchronization

/// The provider's time: the wall clock, but never the same twice and never backwards.
///
/// A step of the wall clock can therefore not produce a point that ends before it starts, or two
/// collections at one instant (checklist A7.10).
final class ProviderClock: Sendable {
    private let wallClock: @Sendable () -> UInt64
    private let latest = Atomic<UInt64>(0)
    private let begun = Atomic<UInt64>(0)

    init(_ wallClock: @escaping @Sendable () -> UInt64) {
        self.wallClock = wallClock
    }

    /// How many collections have begun.
    var collections: UInt64 { begun.load(ordering: .relaxed) }

    /// A collection begins, now.
    func beginCollection() -> UInt64 {
        begun.wrappingAdd(1, ordering: .relaxed)
        return now()
    }

    /// A time that is not before any earlier one, but may be given out again.
    func unclaimed() -> UInt64 { max(wallClock(), latest.load(ordering: .relaxed)) }

    /// Nanoseconds since 1970.
    func now() -> UInt64 {
        let wall = wallClock()
        var seen = latest.load(ordering: .relaxed)
        while true {
            let next = max(wall, seen &+ 1)
            let (done, found) = latest.compareExchange(
                expected: seen, desired: next, ordering: .relaxed)
            if done { return next }
            seen = found
        }
    }
}

/// The system's wall clock.
public enum WallClock {
    /// Nanoseconds since 1970, UTC.
    public static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(max(time.tv_sec, 0)) &* 1_000_000_000 &+ UInt64(max(time.tv_nsec, 0))
    }
}
