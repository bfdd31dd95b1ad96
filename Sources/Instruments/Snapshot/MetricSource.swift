/// What is known of a metric's instrument: it decides about the temporality, and about the start of
/// the first interval.
struct MetricSource: Sendable, Equatable {
    /// Whether callbacks observe it.
    var isObservable = false
    /// Whether an up-down counter measures it, which is never exported as differences.
    var isUpDown = false
    /// When its instrument was made, in nanoseconds since 1970; 0: unknown.
    var creation: UInt64 = 0

    /// What is known of two metrics in one.
    func joining(_ other: MetricSource) -> MetricSource {
        MetricSource(
            isObservable: isObservable && other.isObservable,
            isUpDown: isUpDown || other.isUpDown,
            creation: min(creation, other.creation))
    }
}
