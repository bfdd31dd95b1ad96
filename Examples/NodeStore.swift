public import RPPTelemetry

/// A storage layer that knows nothing about telemetry. It takes any `StorageMetrics`, by default
/// one that does nothing.
public struct NodeStore: Sendable {
    private let metrics: any StorageMetrics

    public init(metrics: any StorageMetrics = NoopStorageMetrics()) {
        self.metrics = metrics
    }

    /// The header has only one attempt.
    public func flushHeader(_ header: [UInt8], write: ([UInt8]) -> Bool) -> Bool {
        let start = ContinuousClock.now
        let isDurable = write(header)
        metrics.recordHeaderFlush(
            outcome: isDurable ? .success : .failed, duration: .now - start,
            bytes: header.count)
        return isDurable
    }

    /// The log has two attempts. Each of them is recorded, even if it fails.
    public func flushLog(_ record: [UInt8], write: ([UInt8]) -> Bool) -> Bool {
        for attempt in 0..<2 {
            let start = ContinuousClock.now
            let isDurable = write(record)
            metrics.recordWALFlush(
                outcome: isDurable ? (attempt == 0 ? .success : .retried) : .failed,
                duration: .now - start, bytes: record.count)
            if isDurable { return true }
        }
        return false
    }
}
