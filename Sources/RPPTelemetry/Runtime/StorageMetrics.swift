/// What a storage layer tells of its flushes (contract, section 3).
///
/// A layer takes `any StorageMetrics`, by default `NoopStorageMetrics`, and is given the node's
/// `RuntimeMetrics` where its figures are wanted. It calls `recordHeaderFlush` and `recordWALFlush`,
/// once for each attempt, failed ones included; or, where it learns them apart, the three points of
/// which each consists. Every requirement has a default: the two call the three, the points do
/// nothing. None throws, and none may block.
public protocol StorageMetrics: Sendable {
    /// A flush of the header was attempted: all three values at once.
    ///
    /// - Parameter bytes: that were written, or should have been.
    func recordHeaderFlush(outcome: FlushOutcome, duration: Duration, bytes: Int)

    /// A flush of the write-ahead log was attempted: all three values at once.
    ///
    /// - Parameter bytes: that were written, or should have been.
    func recordWALFlush(outcome: FlushOutcome, duration: Duration, bytes: Int)

    /// Time that an attempt to flush the header took.
    func recordHeaderFlushDuration(_ duration: Duration, outcome: FlushOutcome)
    /// Size of an attempt to flush the header.
    func recordHeaderFlushBytes(_ bytes: Int, outcome: FlushOutcome)
    /// One attempt to flush the header.
    func countHeaderFlush(outcome: FlushOutcome)

    /// Time that an attempt to flush the write-ahead log took.
    func recordWALFlushDuration(_ duration: Duration, outcome: FlushOutcome)
    /// Size of an attempt to flush the write-ahead log.
    func recordWALFlushBytes(_ bytes: Int, outcome: FlushOutcome)
    /// One attempt to flush the write-ahead log.
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

/// For a storage layer whose figures nobody wants: it records nothing.
public struct NoopStorageMetrics: StorageMetrics {
    /// Costs nothing: the value is empty.
    public init() {}
}
