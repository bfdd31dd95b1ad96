/// The metrics of one instrumentation scope.
public struct ScopeMetrics: Sendable, Equatable {
    /// Whose metrics these are.
    public let scope: InstrumentationScope
    /// The metrics that have data, in the order of output.
    public let metrics: [Metric]

    /// Makes the metrics of a scope, in the order given.
    public init(scope: InstrumentationScope, metrics: [Metric]) {
        self.scope = scope
        self.metrics = metrics
    }
}
