/// The metrics of one instrumentation scope.
public struct ScopeMetrics: Sendable, Equatable {
    public let scope: InstrumentationScope
    public let metrics: [Metric]

    public init(scope: InstrumentationScope, metrics: [Metric]) {
        self.scope = scope
        self.metrics = metrics
    }
}
