/// The kinds of data that a metric can have.
public enum MetricKind: Sendable, Hashable, CaseIterable {
    /// A sum, whether it only grows or not.
    case sum
    /// A level.
    case gauge
    /// A distribution over explicit buckets.
    case histogram
    /// A distribution over base-2 exponential buckets.
    case exponentialHistogram
}
