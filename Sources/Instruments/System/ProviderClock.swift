internal import Synchronization

/// The provider's time: the wall clock, but never the same twice and never backwards.
///
/// A step of the wall clock can therefore not produce a point that ends before it starts, or two
/// collections at one instant (checklist A7.10). After a step backwards the time goes on at half
/// the speed of the clock that never steps, until the wall clock has caught up: intervals stay
/// intervals.
final class ProviderClock: Sendable {
    private let wallClock: @Sendable () -> UInt64
    private let uptime: @Sendable () -> UInt64
    /// Both clocks may be the host's, and may measure.
    private let reading = ThreadsInside()
    private let latest = Atomic<UInt64>(0)
    /// The latest collection's beginning, by both clocks.
    private let anchor: FirstTouchLock<Anchor>

    private struct Anchor {
        var time: UInt64
        var uptime: UInt64
    }

    /// - Parameters:
    ///   - wallClock: nanoseconds since 1970.
    ///   - uptime: nanoseconds of a clock that never steps. Read when a collection begins, and while
    ///     the wall clock is behind; what is idle is told by it.
    init(
        _ wallClock: @escaping @Sendable () -> UInt64,
        uptime: @escaping @Sendable () -> UInt64 = { 0 }
    ) {
        self.wallClock = wallClock
        self.uptime = uptime
        anchor = FirstTouchLock(Anchor(time: 0, uptime: uptime()))
    }

    /// A collection begins, now.
    func beginCollection() -> UInt64 {
        let time = now()
        guard let uptime = steadyTime() else { return time }
        anchor.withLock { anchor in
            // Of collections side by side the later one counts.
            if time > anchor.time { anchor = Anchor(time: time, uptime: uptime) }
        }
        return time
    }

    /// Nanoseconds of the clock that never steps; nil for what is measured while it is read.
    func steadyTime() -> UInt64? { reading.run(uptime) }

    /// A time that is not before any earlier one, but may be given out again.
    func unclaimed() -> UInt64 { max(wallTime(), latest.load(ordering: .relaxed)) }

    /// Nanoseconds since 1970.
    func now() -> UInt64 {
        var seen = latest.load(ordering: .relaxed)
        var wall = wallTime()
        if wall <= seen { wall = max(wall, slowTime()) }
        while true {
            let next = max(wall, seen &+ 1)
            let (done, found) = latest.compareExchange(
                expected: seen, desired: next, ordering: .relaxed)
            if done { return next }
            seen = found
        }
    }

    /// The wall clock's time; for what is measured while the host's clock is read, the latest time
    /// that is known, or the system's before the first.
    private func wallTime() -> UInt64 {
        if let time = reading.run(wallClock) { return time }
        let latest = latest.load(ordering: .relaxed)
        return latest > 0 ? latest : WallClock.now()
    }

    /// The time while the wall clock is behind.
    private func slowTime() -> UInt64 {
        let anchor = anchor.withLock { $0 }
        guard let uptime = steadyTime() else { return anchor.time }
        return uptime > anchor.uptime ? anchor.time &+ (uptime - anchor.uptime) / 2 : anchor.time
    }
}
