/// What decides about a metric's temporality, and about the start of its first interval.
struct MetricSource: Sendable {
    /// Whether callbacks observe it.
    var isObservable = false
    /// Whether an up-down counter measures it, which is never exported as differences.
    var isUpDown = false
    /// When its instrument was made, in nanoseconds since 1970; 0: unknown.
    var creation: UInt64 = 0
    /// The metrics that it was made of, if points of theirs were changed by that: differences are
    /// made of them and joined again.
    var parts: [Metric] = []

    /// What is known of two metrics in one.
    func joining(_ other: MetricSource) -> MetricSource {
        MetricSource(
            isObservable: isObservable && other.isObservable,
            isUpDown: isUpDown || other.isUpDown,
            creation: min(creation, other.creation))
    }
}
