import Instruments
import Testing

@testable import RPPTelemetry

@Suite struct ScopeReaderTests {
    private func read(_ record: (Meter) -> Void) -> ScopeReader {
        let provider = MeterProvider(now: { 1 })
        record(provider.meter("s"))
        provider.meter("other").counter("c").add(1000, ["a": 1])
        return ScopeReader(provider.collect(), scope: "s")
    }

    /// An instrument of this name, of whatever kind.
    private func named(_ name: String) -> InstrumentDefinition.Typed<Counter<Int>> {
        InstrumentDefinition.counter(name)
    }

    @Test func totalsAreSumsOverPointsThatHaveTheAttributes() {
        let reader = read { meter in
            let counter = meter.counter("c")
            counter.add(1, ["a": 1, "b": 1])
            counter.add(2, ["a": 1, "b": 2])
            counter.add(4, ["a": 2])
        }
        #expect(reader.total(named("c")) == 7)
        #expect(reader.total(named("c"), [Attribute("a", 1)]) == 3)
        #expect(reader.total(named("c"), [Attribute("a", 1), Attribute("b", 2)]) == 2)
        #expect(reader.total(named("c"), [Attribute("a", "1")]) == 0)
        #expect(reader.total(named("unknown")) == 0)
    }

    @Test func negativeValuesCountAsZeroAndSumsStayWithinTheirRange() {
        let reader = read { meter in
            let level = meter.upDownCounter("u")
            level.add(-5, ["a": 1])
            level.add(3, ["a": 2])
            let large = meter.counter("l")
            for key in 0..<3 { large.add(.max, ["a": .int(Int64(key))]) }
        }
        #expect(reader.total(named("u")) == 3)
        #expect(reader.total(named("l")) == .max)
    }

    @Test func levelsAreReadByOneAttribute() {
        let reader = read { meter in
            meter.gauge("g").record(0.5)
            let peers = meter.gauge("p")
            peers.record(2, ["peer": "b"])
            peers.record(1, ["peer": "a"])
            peers.record(9, ["peer": 7])
        }
        #expect(reader.level(named("g")) == 0.5)
        #expect(reader.level(named("unknown")) == nil)
        #expect(reader.levels(named("p"), key: "peer").map(\.value) == ["a", "b"])
        #expect(reader.levels(named("p"), key: "peer").map(\.level) == [1, 2])
    }

    @Test func distributionsAreCountAndSum() {
        let reader = read { meter in
            let histogram = meter.histogram("h")
            for value in [1, 2, 4.5] { histogram.record(value, ["a": 1]) }
            histogram.record(8, ["a": 2])
        }
        let one = reader.distribution(named("h"), [Attribute("a", 1)])
        #expect(one.count == 3 && one.sum == 7.5)
        let all = reader.distribution(named("h"), [])
        #expect(all.count == 4 && all.sum == 15.5)
        #expect(reader.distribution(named("unknown"), []).count == 0)
    }
}
