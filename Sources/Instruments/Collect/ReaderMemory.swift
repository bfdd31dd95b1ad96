internal import Synchronization

/// What one reader remembers between its collections: when the last one was, and the series that
/// callbacks observed in it. No other reader's collection touches it (checklist A4.4, A8.2).
final class ReaderMemory: Sendable {
    /// What is remembered of a series that callbacks observe.
    struct Observed: Sendable {
        /// Start of the series, in nanoseconds since 1970.
        var start: UInt64
        var value: Number
    }

    private let latest = Atomic<UInt64>(0)
    private let streams = FirstTouchLock<[UInt32: [AttributeSet: Observed]]>([:])

    /// The time of the reader's latest snapshot with observations; 0 before the first.
    var previousTime: UInt64 { latest.load(ordering: .relaxed) }

    /// A snapshot with observations was made.
    func collected(at time: UInt64) {
        latest.max(time, ordering: .relaxed)
    }

    /// The series of a stream in the last collection. Handed out, so that they can be changed
    /// without being copied: they have to be kept again. Collections that observe take turns.
    func take(_ stream: UInt32) -> [AttributeSet: Observed] {
        streams.withLock { $0.updateValue([:], forKey: stream) } ?? [:]
    }

    func keep(_ series: [AttributeSet: Observed], of stream: UInt32) {
        streams.withLock { $0[stream] = series }
    }
}
