import Testing

@testable import Instruments

/// What the values of two snapshots tell, and nothing else.
@Suite struct MetricsSnapshotDeltaTests {
    private func make(
        _ data: MetricData, time: UInt64, name: String = "x"
    ) -> MetricsSnapshot {
        MetricsSnapshot(
            resource: Resource(), time: time,
            scopes: [
                ScopeMetrics(
                    scope: InstrumentationScope(name: "m"),
                    metrics: [Metric(descriptor: MetricDescriptor(name: name), data: data)])
            ])
    }

    private func sum(_ values: [Int64], time: UInt64) -> MetricsSnapshot {
        let points = values.enumerated().map { index, value in
            NumberPoint(attributes: ["k": .int(Int64(index))], start: 1, value: .int(value))
        }
        return make(.sum(points, isMonotonic: true, temporality: .cumulative), time: time)
    }

    @Test func aCopyOfAGaugeThatWasRecordedAgainIsNotLeftOut() {
        let provider = MeterProvider.make()
        let gauge = provider.meter("m").gauge("g", of: Int.self)
        gauge.record(5)
        let first = provider.collect()
        gauge.record(5)
        let second = provider.collect()
        #expect(second.delta(since: first).metric("g", scope: "m")?.values == [.int(5)])
        #expect(second.copy.delta(since: first.copy) == second.delta(since: first))
    }

    @Test func valuesThatAreWhatTheyWereAreLeftOutOfSums() {
        let delta = sum([1, 5], time: 9).delta(since: sum([1, 2], time: 5))
        #expect(delta.metric("x", scope: "m")?.values == [.int(3)])
        #expect(delta.metric("x", scope: "m")?.point(["k": 1])?.start == 5)
        #expect(sum([1], time: 9).delta(since: sum([1], time: 5)).scopes.isEmpty)
    }

    @Test func withoutAnEarlierSnapshotAllIsNewSinceItsStart() {
        let delta = sum([7], time: 9).delta(since: nil)
        #expect(delta.metric("x", scope: "m")?.values == [.int(7)])
        #expect(delta.metric("x", scope: "m")?.point(["k": 0])?.start == 1)
    }

    @Test func cumulativeIsTheSnapshotItself() {
        let snapshot = sum([7], time: 9)
        #expect(snapshot.delta(since: sum([1], time: 5), preference: .cumulative) == snapshot)
    }
}

extension MetricsSnapshot {
    /// The same snapshot, made by the public initialisers.
    fileprivate var copy: MetricsSnapshot {
        MetricsSnapshot(
            resource: resource, time: time,
            scopes: scopes.map { scope in
                ScopeMetrics(
                    scope: scope.scope,
                    metrics: scope.metrics.map { Metric(descriptor: $0.descriptor, data: $0.data) })
            }, states: states)
    }
}
