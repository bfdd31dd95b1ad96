import Testing

@testable import Instruments

@Suite struct MeterProviderOverflowsTests {
    @Test func whatExceedsItsLimitIsNamedInOrder() throws {
        let provider = MeterProvider.make(
            views: [View(.init(name: "h"), name: "renamed")], cardinalityLimit: 4)
        let meter = provider.meter("m", version: "1")
        for key in 0..<300 as Range<Int64> {
            meter.counter("c").add(1, ["user": .int(key), "side": .int(key % 2)])
            meter.histogram("h").record(1, ["id": .int(key)])
            provider.meter("a").gauge("g").record(1, ["k": .int(key % 4)])
        }
        _ = provider.meter("a").observableGauge("o", of: Int.self) { observer in
            for key in 0..<100 { observer.observe(key, ["n": .int(Int64(key))]) }
        }
        #expect(provider.cardinalityOverflows.map(\.instrument) == ["c", "renamed"])
        _ = provider.collect()
        let overflows = provider.cardinalityOverflows
        #expect(overflows.map(\.instrument) == ["o", "c", "renamed"])
        #expect(overflows.map(\.key) == ["n", "user", "id"])
        #expect(overflows.map(\.scope.name) == ["a", "m", "m"])
        #expect(overflows.allSatisfy { $0.limit == 4 && $0.creation > 0 })
        for (overflow, refused) in zip(overflows, [96.0, 296, 296]) {
            let error = abs(Double(overflow.refusedSets) - refused) / refused
            #expect(error < 0.4, "\(overflow)")
        }
    }

    @Test func aLimitThatIsJustReachedIsNoOverflow() {
        let provider = MeterProvider.make(cardinalityLimit: 2)
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["k": 1])
        counter.add(1, ["k": 2])
        counter.add(1, ["otel.metric.overflow": true])
        #expect(provider.cardinalityOverflows == [])
    }

    @Test func theGuiltyKeyIsFoundOnce() {
        let key = GuiltyKey()
        #expect(key.text { "a" } == "a")
        #expect(key.text { "b" } == "a")
        #expect(GuiltyKey().text { nil } == "")
    }
}
