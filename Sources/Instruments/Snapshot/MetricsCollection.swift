/// A snapshot, and what its collection knows beside it: which series measured the same value again,
/// which stream each point comes from, what was merged. Differences need it; nobody else sees it.
package struct MetricsCollection: Sendable {
    package let snapshot: MetricsSnapshot
    /// By scope and metric of the snapshot; empty if nothing is known.
    private let marks: [[MetricMarks]]
    private let held: [HeldPoint]

    init(
        resource: Resource, time: UInt64, _ scopes: [MarkedScope], held: [HeldPoint],
        states: CollectedStates
    ) {
        snapshot = MetricsSnapshot(
            resource: resource, time: time,
            scopes: scopes.map { ScopeMetrics(scope: $0.scope, metrics: $0.metrics.map(\.metric)) },
            states: states)
        marks = scopes.map { $0.metrics.map(\.marks) }
        self.held = held
    }

    /// A snapshot of which nothing is known beside its values.
    package init(_ snapshot: MetricsSnapshot) {
        self.snapshot = snapshot
        marks = []
        held = []
    }

    /// The metrics of each scope, with their marks.
    private var scopes: [MarkedScope] {
        if marks.isEmpty { return snapshot.scopes.map { MarkedScope($0) } }
        return zip(snapshot.scopes, marks).map { scope, marks in
            MarkedScope(scope.scope, zip(scope.metrics, marks).map { MarkedMetric($0, $1) })
        }
    }

    /// What was measured after `previous`, an earlier collection of the same provider.
    ///
    /// Metrics that the preference leaves cumulative stay as they are; series of the others that
    /// were not measured since are left out, as are gauges that were not recorded. A difference has
    /// no minimum and maximum, and keeps the scale of the cumulative histogram.
    ///
    /// - Parameter previous: nil: everything since the series began.
    package func delta(
        since previous: MetricsCollection?, preference: TemporalityPreference = .delta
    ) -> MetricsSnapshot {
        guard preference != .cumulative else { return snapshot }
        let earlier = previous?.scopes ?? []
        let difference = MetricDifference(
            preference: preference, time: snapshot.time, previous: previous?.snapshot.time,
            held: previous?.held ?? [])
        let scopes = scopes.compactMap { scope -> ScopeMetrics? in
            let before = earlier.first { $0.scope == scope.scope }
            let named = Dictionary(grouping: (before?.metrics ?? []).flatMap(\.parts)) {
                $0.metric.descriptor.name.lowercased()
            }
            let metrics = scope.metrics.compactMap { metric -> Metric? in
                let name = metric.metric.descriptor.name.lowercased()
                let data = difference.data(of: metric, since: named[name, default: []])
                return data.isEmpty ? nil : Metric(descriptor: metric.metric.descriptor, data: data)
            }
            return metrics.isEmpty ? nil : ScopeMetrics(scope: scope.scope, metrics: metrics)
        }
        return MetricsSnapshot(
            resource: snapshot.resource, time: snapshot.time, scopes: scopes,
            states: snapshot.states)
    }
}
