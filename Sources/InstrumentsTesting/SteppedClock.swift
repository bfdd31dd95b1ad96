internal import Synchronization

/// A wall clock that stands still until a test moves it.
///
///     let clock = SteppedClock()
///     let provider = MeterProvider(now: clock.now, uptime: { 0 })
///     clock.advance(by: .seconds(60))
///
/// Safe to use from any thread.
public final class SteppedClock: Sendable {
    private let time: Atomic<UInt64>

    /// - Parameter start: nanoseconds since 1970; by default the start of 2025.
    public init(start: UInt64 = 1_735_689_600_000_000_000) {
        time = Atomic(start)
    }

    /// Nanoseconds since 1970.
    public func now() -> UInt64 { time.load(ordering: .relaxed) }

    /// Moves the clock; a negative duration moves it backwards, as a real one may be set.
    public func advance(by duration: Duration) {
        let nanoseconds = Int64(clamping: duration.attoseconds / 1_000_000_000)
        time.wrappingAdd(UInt64(bitPattern: nanoseconds), ordering: .relaxed)
    }

    /// Sets the clock to an instant, before or after the present one.
    ///
    /// - Parameter nanoseconds: since 1970.
    package func set(to nanoseconds: UInt64) {
        time.store(nanoseconds, ordering: .relaxed)
    }
}
