import Testing

@testable import Instruments

@Suite struct MetricProducerTests {
    private func scope(_ name: String, _ metrics: [String: Int64?]) -> ScopeMetrics {
        let metrics = metrics.sorted { $0.key < $1.key }.map { name, value in
            Metric(
                descriptor: MetricDescriptor(name: name),
                data: .gauge(
                    value.map { [NumberPoint(attributes: .empty, start: 1, value: .int($0))] }
                        ?? []))
        }
        return ScopeMetrics(scope: InstrumentationScope(name: name), metrics: metrics)
    }

    private func names(_ scopes: [ScopeMetrics]) -> [String] {
        scopes.map { "\($0.scope.name): \($0.metrics.map(\.descriptor.name))" }
    }

    @Test func producedScopesAreAddedInTheOrderOfOutput() {
        let own = [scope("b", ["x": 1])]
        let joined = own.joined(with: [scope("c", ["z": 1]), scope("a", ["y": 1, "w": 2])])
        #expect(names(joined) == [#"a: ["w", "y"]"#, #"b: ["x"]"#, #"c: ["z"]"#])
        #expect(own.joined(with: []) == own)
    }

    @Test func producedMetricsFollowTheScopesOwn() {
        let joined = [scope("a", ["x": 1])].joined(with: [scope("a", ["b": 1])])
        #expect(names(joined) == [#"a: ["x", "b"]"#])
    }

    @Test func metricsWithoutPointsAreLeftOut() {
        #expect([].joined(with: [scope("a", ["x": nil])]) == [])
        #expect(names([].joined(with: [scope("a", ["x": nil, "y": 1])])) == [#"a: ["y"]"#])
    }

    @Test func metricsThatReceiversCouldNotTellApartAreOne() {
        let joined = [scope("a", ["x": 1])].joined(with: [scope("a", ["x": 2])])
        #expect(names(joined) == [#"a: ["x"]"#])
    }
}
