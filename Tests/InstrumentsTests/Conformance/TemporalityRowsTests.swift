import InstrumentsTesting
import TestSupport
import Testing

@testable import Instruments

/// Rows A7 to A9 of the checklist: temporality, readers, cardinality.
/// `Documentation/conformance.md` names these tests.
@Suite struct TemporalityRowsTests {
    private func delta(
        _ provider: MeterProvider, since previous: inout MetricsCollection?,
        _ preference: TemporalityPreference = .delta
    ) -> MetricsSnapshot {
        let snapshot = provider.collection()
        defer { previous = snapshot }
        return snapshot.delta(since: previous, preference: preference)
    }

    private func temporality(_ name: String, _ snapshot: MetricsSnapshot) -> Temporality? {
        switch snapshot.metric(name, scope: "m")?.data {
        case .sum(_, _, let temporality), .histogram(_, _, let temporality),
            .exponentialHistogram(_, let temporality):
            temporality
        default: nil
        }
    }

    @Test func a7_2_differencesLeaveSilentSeriesOutGaugesToo() {
        let provider = MeterProvider()
        let meter = provider.meter("m")
        let (counter, gauge) = (meter.counter("c"), meter.gauge("g", of: Int.self))
        var previous: MetricsCollection?
        counter.add(1, ["k": 1])
        counter.add(2, ["k": 2])
        gauge.record(5)
        #expect(delta(provider, since: &previous).pointCount == 3)
        counter.add(0, ["k": 2])
        let second = delta(provider, since: &previous)
        #expect(second.pointCount == 1)
        #expect(second.metric("c", scope: "m")?.value(["k": 2]) == .int(0))
        gauge.record(5)
        let third = delta(provider, since: &previous)
        #expect(third.metric("g", scope: "m")?.values == [.int(5)])
        #expect(third.metric("c", scope: "m") == nil)
    }

    @Test func a7_4_differencesOfAnInstrumentShareOneStart() throws {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(
            views: [
                View(View.Selector(name: "c")),
                View(View.Selector(name: "c"), name: "d", aggregation: .explicitBuckets()),
            ], clock: clock)
        let meter = provider.meter("m")
        let counter = meter.counter("c")
        _ = meter.observableCounter("o", of: Int.self) { $0.observe(1, ["k": 1]) }
        var previous: MetricsCollection?
        for key in 1...3 as ClosedRange<Int64> {
            clock.advance(by: .nanoseconds(1000))
            counter.add(1, ["k": .int(key)])
        }
        let first = delta(provider, since: &previous)
        let end = try #require(previous).time
        counter.add(1, ["k": 1])
        counter.add(1, ["k": 9])
        let second = delta(provider, since: &previous)
        // The first interval begins when the instrument was made, each later one where the one
        // before ended.
        for (snapshot, start) in [(first, UInt64(1000)), (second, end)] {
            let counted = try #require(snapshot.metric("c", scope: "m")).data.numbers
            let histograms = try #require(snapshot.metric("d", scope: "m")).data.histograms
            let starts = counted.map(\.start) + histograms.map(\.start)
            #expect(starts.count >= 4 && Set(starts) == [start])
        }
        let made = meter.counter("later")
        clock.advance(by: .nanoseconds(1000))
        for key in 1...2 as ClosedRange<Int64> { made.add(1, ["k": .int(key)]) }
        let third = delta(provider, since: &previous).metric("later", scope: "m")
        #expect(Set(third?.data.numbers.map(\.start) ?? []).count == 1)
    }

    @Test func a7_6_anUpDownCounterStaysCumulativeWhateverItsAggregation() {
        let provider = MeterProvider(views: [
            View(View.Selector(name: "h"), aggregation: .explicitBuckets(bounds: [0])),
            View(View.Selector(name: "e"), aggregation: .exponentialBuckets()),
        ])
        let meter = provider.meter("m")
        for name in ["s", "h", "e"] { meter.upDownCounter(name).add(1) }
        meter.counter("c").add(1)
        meter.histogram("d").record(1)
        _ = meter.observableCounter("o", of: Int.self) { $0.observe(1) }
        _ = meter.observableUpDownCounter("u", of: Int.self) { $0.observe(1) }
        for preference in TemporalityPreference.allCases {
            let snapshot = provider.collection().delta(since: nil, preference: preference)
            for name in ["s", "h", "e", "u"] {
                #expect(temporality(name, snapshot) == .cumulative, "\(name) \(preference)")
            }
            let isDelta = preference != .cumulative
            #expect(temporality("c", snapshot) == (isDelta ? .delta : .cumulative))
            #expect(temporality("d", snapshot) == (isDelta ? .delta : .cumulative))
            #expect(temporality("o", snapshot) == (preference == .delta ? .delta : .cumulative))
        }
    }

    @Test func a8_2_twoReadersOfDifferencesDoNotDisturbEachOther() {
        let provider = MeterProvider()
        let counter = provider.meter("m").counter("c")
        var (often, rarely): (MetricsCollection?, MetricsCollection?) = (nil, nil)
        var sums: [Number?] = []
        for round in 1...4 {
            counter.add(round)
            sums.append(delta(provider, since: &often).metric("c", scope: "m")?.value(.empty))
        }
        #expect(sums == [.int(1), .int(2), .int(3), .int(4)])
        let all = delta(provider, since: &rarely).metric("c", scope: "m")?.value(.empty)
        #expect(all == .int(10))
    }

    @Test func a9_1_theLimitIsTheViewsThenTheProvidersAndCountsFilteredSets() {
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "viewed"), cardinalityLimit: 3),
                View(View.Selector(name: "filtered"), attributes: .only(["a"])),
            ], cardinalityLimit: 5)
        let meter = provider.meter("m")
        for name in ["viewed", "plain", "filtered"] {
            let counter = meter.counter(name)
            for number in 0..<20 { counter.add(1, ["a": 1, "b": .int(Int64(number))]) }
        }
        // The overflow point is one more.
        #expect(provider.collected("viewed")?.values.count == 4)
        #expect(provider.collected("plain")?.values.count == 6)
        #expect(provider.collected("filtered")?.values == [.int(20)])
        #expect(MeterProvider.defaultCardinalityLimit == 2000)
    }

    @Test func a8_1_theLimitOfAKindStandsBetweenTheViewsAndTheGeneralOne() {
        let provider = MeterProvider(
            views: [View(View.Selector(name: "viewed"), cardinalityLimit: 1)], cardinalityLimit: 5,
            cardinalityLimits: [.histogram: 3, .observableGauge: 2, .gauge: .min])
        let meter = provider.meter("m")
        _ = meter.observableGauge("observed", of: Int.self) { observer in
            for key in 0..<20 { observer.observe(key, ["k": .int(Int64(key))]) }
        }
        for key in 0..<20 as Range<Int64> {
            meter.counter("plain").add(1, ["k": .int(key)])
            meter.gauge("least").record(1, ["k": .int(key)])
            meter.histogram("kind").record(1, ["k": .int(key)])
            meter.histogram("viewed").record(1, ["k": .int(key)])
        }
        let snapshot = provider.collect()
        let limits = ["plain": 5, "least": 1, "kind": 3, "viewed": 1, "observed": 2]
        for (name, limit) in limits {
            // The overflow point is one more.
            let data = snapshot.metric(name, scope: "m")?.data
            #expect(data?.pointCount == limit + 1, "\(name)")
        }
    }

    @Test func a9_6_observationsThatComeFirstKeepTheirSeries() {
        let provider = MeterProvider(cardinalityLimit: 2)
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            for key in 1...4 { observer.observe(key, ["k": .int(Int64(key))]) }
        }
        let metric = provider.collected("c")
        #expect(metric?.value(["k": 1]) == .int(1) && metric?.value(["k": 2]) == .int(2))
        #expect(metric?.value(["otel.metric.overflow": true]) == .int(7))
    }
}
