/// Decides which metrics a reader keeps: by scope, descriptor and kind of data.
///
/// Called on the collecting thread, once for each metric in each collection, so it has to be quick.
/// It has to answer the same for the same metric each time: a metric that comes and goes would be
/// counted twice by differences. A collection by the same reader inside it is not filtered.
/// Specification (development): metrics SDK, *MetricFilter*.
public typealias MetricFilter =
    @Sendable (InstrumentationScope, MetricDescriptor, MetricKind) -> Bool

extension [MarkedScope] {
    /// What a filter keeps; scopes of which nothing is left are left out.
    func kept(by filter: MetricFilter) -> [MarkedScope] {
        compactMap { scope in
            let metrics = scope.metrics.filter {
                filter(scope.scope, $0.metric.descriptor, $0.metric.data.kind)
            }
            return metrics.isEmpty ? nil : MarkedScope(scope.scope, metrics)
        }
    }
}
