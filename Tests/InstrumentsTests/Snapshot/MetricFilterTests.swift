import Testing

@testable import Instruments

@Suite struct MetricFilterTests {
    /// Two scopes with a metric of each kind.
    private func scopes() -> [ScopeMetrics] {
        let provider = MeterProvider.make(views: [
            View(.init(name: "e"), aggregation: .exponentialBuckets())
        ])
        for name in ["m", "n"] {
            let meter = provider.meter(name)
            meter.counter("c").add(1)
            meter.gauge("g").record(1)
            meter.histogram("h").record(1)
            meter.histogram("e").record(1)
        }
        return provider.collect().scopes
    }

    private func names(_ scopes: [ScopeMetrics]) -> [String] {
        scopes.flatMap { scope in
            scope.metrics.map { "\(scope.scope.name).\($0.descriptor.name)" }
        }.sorted()
    }

    @Test(
        arguments: [
            (.sum, "c"), (.gauge, "g"), (.histogram, "h"), (.exponentialHistogram, "e"),
        ] as [(MetricKind, String)])
    func eachKindIsToldToTheFilter(kind: MetricKind, name: String) {
        let kept = scopes().kept { _, _, found in found == kind }
        #expect(names(kept) == ["m.\(name)", "n.\(name)"])
    }

    @Test func scopesOfWhichNothingIsLeftAreLeftOut() {
        let kept = scopes().kept { scope, descriptor, _ in
            scope.name == "n" && descriptor.name == "g"
        }
        #expect(kept.map(\.scope.name) == ["n"])
        #expect(names(kept) == ["n.g"])
        #expect(scopes().kept { _, _, _ in false }.isEmpty)
        #expect(scopes().kept { _, _, _ in true } == scopes())
    }
}
