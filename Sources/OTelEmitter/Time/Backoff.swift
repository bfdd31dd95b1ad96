/// The time to wait before a failed delivery is retried. It grows exponentially and has full
/// jitter, so that a thousand nodes do not come back at once.
struct Backoff: Sendable {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(30)

    /// Failures since the last success.
    private(set) var failures = 0

    /// The wait after a further failure. It is uniformly distributed between a tenth of the current
    /// ceiling and the ceiling, which doubles with each failure up to `longest`.
    mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        let ceiling = min(Self.first * (1 << min(failures, 16)), Self.longest)
        failures += 1
        let part = Double.random(in: 0.1...1, using: &random)
        return ceiling * part
    }

    mutating func reset() {
        failures = 0
    }
}
