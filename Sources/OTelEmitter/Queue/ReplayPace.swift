/// How fast the spool is drained: so that a receiver that has just come back is not overrun, and
/// always faster than new batches come in. Pure.
struct ReplayPace {
    /// Bytes in a second, at least.
    static let slowest = 4 << 20
    /// How many times faster than production.
    static let advantage = 4

    private var freeAt = MonotonicTime(nanoseconds: .min)
    /// Bytes that one second brought of late.
    private var production = 0.0
    private var lastProduced: MonotonicTime?

    /// When the next batch of the spool may be sent.
    var next: MonotonicTime { freeAt }

    /// A collection brought so many bytes.
    mutating func produced(_ bytes: Int, at time: MonotonicTime) {
        if let lastProduced {
            let seconds = Double(max((time - lastProduced).nanoseconds, 1_000_000)) / 1e9
            let latest = Double(bytes) / seconds
            // A peak counts at once and is forgotten slowly.
            production = max(latest, production * 0.75 + latest * 0.25)
        }
        lastProduced = time
    }

    /// A batch of the spool was sent.
    mutating func replayed(_ bytes: Int, at time: MonotonicTime) {
        let rate = max(Double(Self.slowest), production * Double(Self.advantage))
        let pause = Duration.nanoseconds(Int64(Double(bytes) / rate * 1e9))
        freeAt = max(freeAt, time) + pause
    }
}
