import Instruments
import Testing

@testable import OTelEmitter

@Suite struct OverflowMetricTests {
    /// What a provider tells of counters that had so many sets beyond their limit of 2.
    private func overflows(_ sets: [(scope: String, name: String, count: Int)])
        -> [CardinalityOverflow]
    {
        let provider = MeterProvider(cardinalityLimit: 2)
        for (scope, name, count) in sets {
            let counter = provider.meter(scope).counter(name)
            for number in 0..<count { counter.add(1, ["user": .int(Int64(number))]) }
        }
        return provider.cardinalityOverflows
    }

    @Test func whileNothingOverflowsThereIsNoMetric() {
        #expect(OverflowMetric.scopes([]).isEmpty)
        #expect(OverflowMetric.scopes(overflows([("s", "c", 2)])).isEmpty)
    }

    @Test func eachInstrumentThatOverflowsHasAPoint() throws {
        let scopes = OverflowMetric.scopes(
            overflows([("s", "c", 9), ("s", "d", 9), ("t", "c", 9), ("t", "e", 1)]))
        #expect(scopes.map(\.scope) == [OwnMetric.scope])
        let metric = try #require(scopes.first?.metrics.first)
        #expect(scopes.first?.metrics.count == 1)
        #expect(metric.descriptor.name == "otelemitter.attribute_sets.refused")
        guard case .gauge(let points) = metric.data else {
            Issue.record("\(metric.data)")
            return
        }
        let told = points.map { point in
            ["otelemitter.scope", "otelemitter.instrument", "otelemitter.attribute.key"]
                .map { "\(point.attributes[$0] ?? .empty)" }
        }
        let expected = [("s", "c"), ("s", "d"), ("t", "c")].map { scope, name in
            [scope, name, "user"].map { "\(AttributeValue.string($0))" }
        }
        #expect(told.sorted { "\($0)" < "\($1)" } == expected)
        for point in points {
            guard case .int(let refused) = point.value else {
                Issue.record("\(point.value)")
                continue
            }
            // An estimate, exact for so few or nearly so.
            #expect((5...9).contains(refused))
        }
    }
}
