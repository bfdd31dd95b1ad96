/// What a storage layer reports about its flushes (`Documentation/node-contract.md`, section 3).
///
/// A storage layer takes `any StorageMetrics`, by default `NoopStorageMetrics`. To get
/// measurements, give it the node's `RuntimeMetrics`. The layer calls `recordHeaderFlush` or
/// `recordWALFlush` once for each attempt, including failed ones. If it learns the duration, the
/// size and the outcome at different times, it calls the three methods for these values instead.
/// Every requirement has a default implementation: `recordHeaderFlush` and `recordWALFlush` call
/// the three others, which do nothing. No method throws, and none may block.
public protocol StorageMetrics: Sendable {
    /// Records an attempt to flush the header: all three values at once.
    ///
    /// - Parameter bytes: the bytes that were or should have been written.
    func recordHeaderFlush(outcome: FlushOutcome, duration: Duration, bytes: Int)

    /// Records an attempt to flush the write-ahead log: all three values at once.
    ///
    /// - Parameter bytes: the bytes that were or should have been written.
    func recordWALFlush(outcome: FlushOutcome, duration: Duration, bytes: Int)

    /// Records the time that an attempt to flush the header took.
    func recordHeaderFlushDuration(_ duration: Duration, outcome: FlushOutcome)
    /// Records the size of an attempt to flush the header.
    func recordHeaderFlushBytes(_ bytes: Int, outcome: FlushOutcome)
    /// Counts one attempt to flush the header.
    func countHeaderFlush(outcome: FlushOutcome)

    /// Records the time that an attempt to flush the write-ahead log took.
    func recordWALFlushDuration(_ duration: Duration, outcome: FlushOutcome)
    /// Records the size of an attempt to flush the write-ahead log.
    func recordWALFlushBytes(_ bytes: Int, outcome: FlushOutcome)
    /// Counts one attempt to flush the write-ahead log.
    func countWALFlush(outcome: FlushOutcome)
}

extension StorageMetrics {
    public func recordHeaderFlush(outcome: FlushOutcome, duration: Duration, bytes: Int) {
        recordHeaderFlushDuration(duration, outcome: outcome)
        recordHeaderFlushBytes(bytes, outcome: outcome)
        countHeaderFlush(outcome: outcome)
    }

    public func recordWALFlush(outcome: FlushOutcome, duration: Duration, bytes: Int) {
        recordWALFlushDuration(duration, outcome: outcome)
        recordWALFlushBytes(bytes, outcome: outcome)
        countWALFlush(outcome: outcome)
    }

    public func recordHeaderFlushDuration(_ duration: Duration, outcome: FlushOutcome) {}
    public func recordHeaderFlushBytes(_ bytes: Int, outcome: FlushOutcome) {}
    public func countHeaderFlush(outcome: FlushOutcome) {}
    public func recordWALFlushDuration(_ duration: Duration, outcome: FlushOutcome) {}
    public func recordWALFlushBytes(_ bytes: Int, outcome: FlushOutcome) {}
    public func countWALFlush(outcome: FlushOutcome) {}
}

/// Records nothing, for a storage layer whose measurements nobody needs.
public struct NoopStorageMetrics: StorageMetrics {
    /// Makes the empty value, which costs nothing.
    public init() {}
}
