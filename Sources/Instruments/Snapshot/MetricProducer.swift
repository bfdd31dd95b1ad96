/// Gives metrics that no instrument of the provider measured: the bridge to another library.
///
/// Called on the collecting thread, in each collection of the readers that have it, so it has to be
/// quick; a flush waits for it. The scope should name the bridge. Points start before now; metrics
/// without points are left out. A collection by the same reader inside it calls no producer.
/// Specification: metrics SDK, *MetricProducer*.
public typealias MetricProducer = @Sendable () -> [ScopeMetrics]

extension [MarkedScope] {
    /// These scopes with those of producers, in the order of output. Metrics of one scope that
    /// receivers could not tell apart are joined; produced ones follow the scope's own.
    func joined(with produced: [ScopeMetrics]) -> [MarkedScope] {
        if produced.isEmpty { return self }
        let own = Dictionary(map { ($0.scope, $0.metrics) }) { $0 + $1 }
        var added: [InstrumentationScope: [Metric]] = [:]
        for scope in produced {
            added[scope.scope, default: []] += scope.metrics.filter { !$0.data.isEmpty }
        }
        let scopes = Set(own.keys).union(added.keys).sorted { $0.precedes($1) }
        return scopes.compactMap { scope in
            let more = (added[scope] ?? []).sorted { $0.descriptor.precedes($1.descriptor) }
            let metrics = MetricMerge.merge((own[scope] ?? []) + more.map { MarkedMetric($0) })
            return metrics.isEmpty ? nil : MarkedScope(scope, metrics)
        }
    }
}

extension MetricDescriptor {
    /// The order of produced metrics in one scope.
    fileprivate func precedes(_ other: MetricDescriptor) -> Bool {
        if name != other.name { return name.precedes(other.name) }
        if unit != other.unit { return unit.precedes(other.unit) }
        return description.precedes(other.description)
    }
}
