internal import Synchronization

/// What one reader remembers between its collections: when the last one was, and the series that
/// callbacks last observed. Collections of other readers do not touch it.
final class ReaderMemory: Sendable {
    /// What is remembered of a series that callbacks observe.
    struct Observed: Sendable {
        /// Start of the series, in nanoseconds since 1970.
        var start: UInt64
        var value: Number
        /// When it was observed: a time that no other collection has.
        var reading: UInt64
    }

    private let latest = Atomic<UInt64>(0)
    private let streams = FirstTouchLock<[UInt32: [AttributeSet: Observed]]>([:])

    /// The time of the reader's latest snapshot with observations; 0 before the first.
    var previousTime: UInt64 { latest.load(ordering: .relaxed) }

    /// A snapshot with observations was made.
    func collected(at time: UInt64) {
        latest.max(time, ordering: .relaxed)
    }

    /// The series of a stream as they were last observed.
    func series(of stream: UInt32) -> [AttributeSet: Observed] {
        streams.withLock { $0[stream] } ?? [:]
    }

    func keep(_ series: [AttributeSet: Observed], of stream: UInt32) {
        // What was kept before is freed outside the lock.
        let released = streams.withLock { $0.updateValue(series, forKey: stream) }
        withExtendedLifetime(released) {}
    }
}
