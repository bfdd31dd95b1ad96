import Testing

@testable import Instruments

@Suite struct MetricsSnapshotTests {
    private func make(time: UInt64 = 5, service: String = "s", value: Double = .nan)
        -> MetricsSnapshot
    {
        let point = NumberPoint(attributes: .empty, start: 1, value: .double(value))
        let metrics = [
            Metric(descriptor: MetricDescriptor(name: "g"), data: .gauge([point, point])),
            Metric(
                descriptor: MetricDescriptor(name: "c"),
                data: .sum([point], isMonotonic: true, temporality: .cumulative)),
            Metric(
                descriptor: MetricDescriptor(name: "h"),
                data: .histogram([], bounds: [], temporality: .cumulative)),
        ]
        return MetricsSnapshot(
            resource: Resource(["service.name": .string(service)]), time: time,
            scopes: [
                ScopeMetrics(scope: InstrumentationScope(name: "m"), metrics: metrics),
                ScopeMetrics(scope: InstrumentationScope(name: "n"), metrics: [metrics[0]]),
            ])
    }

    @Test func equalDataIsEqualNaNIncluded() {
        #expect(make() == make())
        #expect(make(time: 6) != make())
        #expect(make(service: "t") != make())
        #expect(make(value: 1) != make())
        #expect(make(value: 0) != make(value: -0.0))
    }

    @Test func pointsOfAllMetricsAreCounted() {
        #expect(make().pointCount == 5)
        #expect(MetricsSnapshot(resource: Resource(), time: 1, scopes: []).pointCount == 0)
    }

    @Test func aMetricIsFoundInItsScopeOnly() {
        #expect(make().metric("c", scope: "m") != nil)
        #expect(make().metric("c", scope: "n") == nil)
        #expect(make().metric("C", scope: "m") == nil)
    }

    @Test func aMetricIsFoundInAnyScopeOfThatName() {
        let point = NumberPoint(attributes: .empty, start: 1, value: .int(1))
        let metric = Metric(descriptor: MetricDescriptor(name: "g"), data: .gauge([point]))
        let snapshot = MetricsSnapshot(
            resource: Resource(), time: 1,
            scopes: [
                ScopeMetrics(scope: InstrumentationScope(name: "m"), metrics: []),
                ScopeMetrics(
                    scope: InstrumentationScope(name: "m", version: "2"), metrics: [metric]),
            ])
        #expect(snapshot.metric("g", scope: "m") == metric)
    }
}
