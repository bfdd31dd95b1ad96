import TestSupport
import Testing

@testable import Instruments

/// Rows A1 to A3 of the checklist: errors, providers, instruments.
/// `Documentation/conformance.md` names these tests.
@Suite struct InstrumentRowsTests {
    /// Every recording call with the values that break arithmetic.
    @Test func a1_1_extremeValuesTrapNowhere() {
        let provider = MeterProvider(
            views: [
                View(
                    View.Selector(name: "e*"),
                    aggregation: .exponentialBuckets(maximumSize: .max, maximumScale: .max),
                    cardinalityLimit: .max, reservoir: .fixedSize(.max)),
                View(
                    View.Selector(name: "e*"), name: "small",
                    aggregation: .exponentialBuckets(maximumSize: .min, maximumScale: .min),
                    cardinalityLimit: .min, reservoir: .fixedSize(.min)),
            ], cardinalityLimit: .min, exemplarFilter: .alwaysOn,
            idleExpiry: .milliseconds(-1), callbackLimit: .seconds(Int64.max))
        let meter = provider.meter("")
        for name in ["e", "", String(repeating: "x", count: 10_000)] {
            for value in [Int.min, -1, 0, 1, Int.max] {
                meter.counter(name).bind(["k": .int(Int64(value))]).add(value)
                meter.upDownCounter(name).add(value)
                meter.histogram(name, boundaries: [.nan], of: Int.self).record(value)
                meter.gauge(name, of: Int.self).record(value)
            }
            for value in [Double.nan, .infinity, -.infinity, -0.0, .greatestFiniteMagnitude] {
                meter.counter(name, of: Double.self).add(value)
                meter.upDownCounter(name, of: Double.self).add(value, ["k": .double(value)])
                meter.histogram(name).record(value)
                meter.gauge(name).record(value)
            }
        }
        let first = provider.collect()
        #expect(provider.collect().delta(since: first).time > first.time)
        #expect(first.delta(since: provider.collect()).pointCount > 0)
    }

    @Test func a1_1_idleSeriesExpireThoughCollectionsOverlap() throws {
        let table = SeriesTable(limit: 5, clock: ProviderClock { 1 })
        let series = try #require(Series.make(["k": 1]))
        _ = table.series(["k": 1]) { _ in series }
        // The collection that began first comes second.
        for time in [UInt64(9), 3, 20] {
            table.expire(idleFor: 10, at: time) { _ in .integer(0, updates: 1) }
        }
        #expect(table.sortedSeries().isEmpty == true)
    }

    @Test func a2_9_theResourceIsInEverySnapshot() {
        let provider = MeterProvider(resource: Resource(["service.name": "s"], schemaURL: "u"))
        #expect(provider.collect().resource == Resource(["service.name": "s"], schemaURL: "u"))
        let delta = provider.collect().delta(since: nil)
        #expect(delta.resource == provider.resource)
    }

    @Test func a2_11_aDisabledMeterDoesNothingAndItsInstrumentsSaySo() {
        let provider = MeterProvider(isMeterEnabled: { $0.name != "off" })
        let (off, on) = (provider.meter("off"), provider.meter("on"))
        let counter = off.counter("c")
        counter.add(1, ["k": "v"])
        counter.bind(["k": "w"]).add(1)
        let gauge = off.observableGauge("g", of: Int.self) { $0.observe(1) }
        #expect(!counter.isEnabled && !gauge.isEnabled && on.counter("c").isEnabled)
        #expect(provider.collect().scopes.isEmpty)
    }

    @Test func a3_1_allSevenKindsComeFromAMeter() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        meter.counter("counter").add(1)
        meter.upDownCounter("upDown").add(-2)
        meter.histogram("histogram").record(3)
        meter.gauge("gauge").record(4)
        _ = meter.observableCounter("seenCounter", of: Int.self) { $0.observe(5) }
        _ = meter.observableUpDownCounter("seenUpDown", of: Int.self) { $0.observe(-6) }
        _ = meter.observableGauge("seenGauge", of: Double.self) { $0.observe(7) }
        let snapshot = provider.collect()
        func data(_ name: String) -> MetricData? { snapshot.metric(name, scope: "m")?.data }
        for (name, isOnlyGrowing, value) in [
            ("counter", true, Int64(1)), ("upDown", false, -2), ("seenCounter", true, 5),
            ("seenUpDown", false, -6),
        ] {
            guard case .sum(let points, let isMonotonic, .cumulative)? = data(name) else {
                Issue.record("\(name) is no sum")
                continue
            }
            #expect(isMonotonic == isOnlyGrowing && points.map(\.value) == [.int(value)])
        }
        for (name, value) in [("gauge", 4.0), ("seenGauge", 7)] {
            guard case .gauge(let points)? = data(name) else {
                Issue.record("\(name) is no gauge")
                continue
            }
            #expect(points.map(\.value) == [.double(value)])
        }
        #expect(data("histogram")?.histograms.map(\.sum) == [3])
        #expect(snapshot.pointCount == 7)
    }

    @Test func a2_14_metersAndInstrumentsAreMadeFromManyThreads() {
        let provider = MeterProvider()
        Threads.run(8) { thread in
            for number in 0..<50 {
                provider.meter("m\(number % 5)").counter("c\(number % 7)").add(1)
                provider.meter("own\(thread)").histogram("h").record(1)
                _ = provider.collect()
            }
        }
        let snapshot = provider.collect()
        #expect(snapshot.scopes.count == 13)
        let total = snapshot.scopes.flatMap(\.metrics).flatMap(\.values).reduce(Int64(0)) {
            if case .int(let value) = $1 { $0 + value } else { $0 }
        }
        #expect(total == 400)
    }

    @Test func a3_9_anInstrumentWhoseViewsAllDropItIsDisabled() {
        let provider = MeterProvider(views: [
            View(View.Selector(name: "gone"), aggregation: .drop),
            View(View.Selector(name: "half"), aggregation: .drop),
            View(View.Selector(name: "half"), name: "rest"),
        ])
        let meter = provider.meter("m")
        #expect(!meter.counter("gone").isEnabled)
        #expect(meter.counter("half").isEnabled)
        #expect(meter.counter("other").isEnabled)
    }

    @Test func a3_9_boundAndClosedInstrumentsSayItToo() {
        let provider = MeterProvider(
            views: [View(View.Selector(name: "gone"), aggregation: .drop)],
            isMeterEnabled: { $0.name != "off" })
        for (scope, name, isKept) in [
            ("m", "kept", true), ("m", "gone", false), ("off", "kept", false),
        ] {
            let meter = provider.meter(scope)
            #expect(meter.counter(name).bind(["k": 1]).isEnabled == isKept)
            #expect(meter.upDownCounter(name).bind(["k": 1]).isEnabled == isKept)
            #expect(meter.histogram(name).bind(["k": 1]).isEnabled == isKept)
            #expect(meter.gauge(name).bind(["k": 1]).isEnabled == isKept)
            #expect(meter.counter(name, over: Side.self).isEnabled == isKept)
            #expect(meter.upDownCounter(name, over: Side.self).isEnabled == isKept)
            #expect(meter.histogram(name, over: Side.self).isEnabled == isKept)
            #expect(meter.gauge(name, over: Side.self).isEnabled == isKept)
        }
    }

    @Test func a3_10_aBoundInstrumentOutlivesCollections() {
        let provider = MeterProvider.make(cardinalityLimit: 1)
        let counter = provider.meter("m").counter("c")
        let (first, second) = (counter.bind(["k": 1]), counter.bind(["k": 2]))
        for round in 1...3 {
            first.add(1)
            second.add(10)
            let metric = provider.collected("c")
            #expect(metric?.value(["k": 1]) == .int(Int64(round)))
            #expect(metric?.value(["otel.metric.overflow": true]) == .int(Int64(10 * round)))
        }
    }

    @Test func a3_21_advisedBoundariesHoldUnlessAViewChoosesTheAggregation() {
        let provider = MeterProvider(views: [
            View(View.Selector(name: "explicit"), aggregation: .explicitBuckets()),
            View(View.Selector(name: "standard"), description: "d"),
        ])
        let meter = provider.meter("m")
        for name in ["none", "standard", "explicit"] {
            meter.histogram(name, boundaries: [7]).record(1)
        }
        meter.histogram("empty", boundaries: []).record(1)
        func bounds(_ name: String) -> [Double]? {
            guard case .histogram(_, let bounds, _)? = provider.collected(name)?.data else {
                return nil
            }
            return bounds
        }
        #expect(bounds("none") == [7])
        #expect(bounds("standard") == [7])
        #expect(bounds("explicit") == HistogramBoundaries.standard)
        #expect(bounds("empty") == [])
    }

    @Test func a3_22_advisedKeysAreKeptUnlessAViewSaysOtherwise() {
        let provider = MeterProvider(views: [
            View(View.Selector(name: "viewed"), attributes: .only(["b"]))
        ])
        let meter = provider.meter("m")
        for name in ["advised", "viewed"] {
            meter.counter(name, keeping: ["a"]).add(1, ["a": 1, "b": 2])
        }
        #expect(provider.collected("advised")?.value(["a": 1]) == .int(1))
        #expect(provider.collected("viewed")?.value(["b": 2]) == .int(1))
    }

    @Test func a3_23_otherAdviceIsReportedAndThatOfTheFirstTimeUsed() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        meter.histogram("h", boundaries: [1]).record(1)
        meter.histogram("h", boundaries: [1]).record(1)
        #expect(reports.all == [])
        for _ in 0..<2 { meter.histogram("h", boundaries: [2, 3]).record(1) }
        _ = meter.observableGauge("g", keeping: ["a"], of: Int.self)
        _ = meter.observableGauge("g", of: Int.self)
        #expect(reports.all == [.differentAdvice("h")])
        _ = meter.observableGauge("g", keeping: ["b"], of: Int.self)
        #expect(provider.collected("h")?.histogram()?.bucketCounts == [4, 0])
        #expect(reports.all == [.differentAdvice("h"), .differentAdvice("g")])
    }

    @Test func a3_33_theFirstCasingCountsForObservablesToo() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        _ = meter.observableGauge("Level", of: Int.self) { $0.observe(1, ["k": 1]) }
        _ = meter.observableGauge("level", of: Int.self) { $0.observe(2, ["k": 2]) }
        #expect(provider.collected("Level")?.values == [.int(1), .int(2)])
        #expect(reports.all == [.differentCasing("level", first: "Level")])
    }

    @Test func a3_34_ofTwoDescriptionsTheLongerOneIsReportedOnce() throws {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        meter.counter("c", description: "short").add(1, ["k": 1])
        meter.counter("c", description: "much longer").add(2, ["k": 2])
        let metrics = provider.collect().scopes.flatMap(\.metrics)
        #expect(metrics.count == 1)
        #expect(metrics.first?.descriptor.description == "much longer")
        #expect(metrics.first?.value(["k": 1]) == .int(1))
        #expect(metrics.first?.value(["k": 2]) == .int(2))
    }
}
