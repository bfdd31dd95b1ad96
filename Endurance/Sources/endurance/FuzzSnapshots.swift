import Instruments

/// Snapshots, collected and made by hand, and what is derived from them.
enum FuzzSnapshots {
    static let entries: [FuzzEntry] = [
        FuzzEntry("MetricsSnapshot.delta") { world, extremes in
            let snapshot = world.collect()
            for preference in TemporalityPreference.allCases {
                let earlier = extremes.optional { $0.pick(world.snapshots) }
                let delta = snapshot.delta(since: earlier, preference: preference)
                Sink.take(delta == snapshot ? 1 : 0)
                // In the wrong order, and of another's.
                let strange = make(&extremes)
                Sink.take(world.snapshots[0].delta(since: snapshot).pointCount)
                Sink.take(snapshot.delta(since: strange, preference: preference).pointCount)
                Sink.take(strange.delta(since: snapshot, preference: preference).pointCount)
            }
        },
        FuzzEntry(
            "MetricsSnapshot.init(resource:time:scopes:)", "MetricsSnapshot.pointCount",
            "MetricsSnapshot.metric", "ScopeMetrics.init(scope:metrics:)",
            "Metric.init(descriptor:data:)", "MetricDescriptor.init",
            "MetricDescriptor.==", "MetricData.pointCount", "MetricData.isEmpty"
        ) { world, extremes in
            let (snapshot, earlier) = (make(&extremes), make(&extremes))
            for preference in TemporalityPreference.allCases {
                Sink.take(snapshot.delta(since: earlier, preference: preference).pointCount)
            }
            Sink.take(snapshot.metric(extremes.text(), scope: extremes.text()) == nil ? 1 : 0)
            Sink.take(world.collect().metric(extremes.text(), scope: "") == nil ? 1 : 0)
            let metrics = snapshot.scopes.flatMap(\.metrics)
            Sink.take(metrics.count { $0.data.isEmpty || $0 == metrics[0] })
            Sink.take(metrics.count { $0.descriptor == metrics[0].descriptor })
            Sink.take(metrics.reduce(0) { $0 + $1.data.pointCount })
        },
    ]

    /// Of few names, so that two of them have metrics in common.
    private static func make(_ extremes: inout Extremes) -> MetricsSnapshot {
        MetricsSnapshot(
            resource: Resource(extremes.set()), time: extremes.unsigned(),
            scopes: extremes.list(upTo: 2) { extremes in
                let scope =
                    extremes.oneIn(3)
                    ? FuzzValues.scope(&extremes) : InstrumentationScope(name: "scope")
                return ScopeMetrics(
                    scope: scope, metrics: extremes.list(upTo: 5) { metric(&$0) })
            })
    }

    static func metric(_ extremes: inout Extremes) -> Metric {
        let name = extremes.pick(["m", "M", "n", extremes.text()])
        let temporality = extremes.pick([Temporality.delta, .cumulative])
        let data: MetricData =
            switch extremes.pick([0, 1, 2, 3]) {
            case 0:
                .sum(
                    extremes.list(upTo: 5) { FuzzPoints.number(point: &$0) },
                    isMonotonic: extremes.oneIn(2), temporality: temporality)
            case 1: .gauge(extremes.list(upTo: 5) { FuzzPoints.number(point: &$0) })
            case 2:
                .histogram(
                    extremes.list(upTo: 5) { FuzzPoints.histogram(&$0) },
                    bounds: extremes.oneIn(2) ? [1] : FuzzHistograms.boundaries(&extremes),
                    temporality: temporality)
            default:
                .exponentialHistogram(
                    extremes.list(upTo: 5) { FuzzPoints.exponential(&$0) },
                    temporality: temporality)
            }
        return Metric(
            descriptor: MetricDescriptor(
                name: name, unit: extremes.pick(["", "s"]), description: extremes.text(),
                metadata: extremes.set()),
            data: data)
    }
}
