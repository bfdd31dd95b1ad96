import TestSupport
import Testing

@testable import Instruments

@Suite struct StreamResolverTests {
    private func names(_ provider: MeterProvider) -> [String] {
        provider.collect().scopes.flatMap { $0.metrics.map(\.descriptor.name) }
    }

    /// A6.2
    @Test func withoutViewsEachKindHasItsDefault() throws {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        meter.counter("counter").add(1)
        meter.upDownCounter("up").add(-1)
        meter.histogram("histogram").record(1)
        meter.gauge("gauge").record(1)
        _ = meter.observableCounter("observed", of: Int.self) { $0.observe(1) }
        _ = meter.observableUpDownCounter("observed.up", of: Int.self) { $0.observe(1) }
        _ = meter.observableGauge("observed.gauge", of: Int.self) { $0.observe(1) }
        let snapshot = provider.collect()
        func data(_ name: String) throws -> MetricData {
            try #require(snapshot.metric(name, scope: "m")).data
        }
        for name in ["counter", "observed"] {
            guard case .sum(_, isMonotonic: true, temporality: .cumulative) = try data(name) else {
                Issue.record("\(name)")
                continue
            }
        }
        for name in ["up", "observed.up"] {
            guard case .sum(_, isMonotonic: false, temporality: .cumulative) = try data(name) else {
                Issue.record("\(name)")
                continue
            }
        }
        for name in ["gauge", "observed.gauge"] {
            guard case .gauge = try data(name) else {
                Issue.record("\(name)")
                continue
            }
        }
        guard case .histogram(_, let bounds, .cumulative) = try data("histogram") else {
            Issue.record("histogram")
            return
        }
        #expect(
            bounds == [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000])
    }

    /// A5.3, A5.4
    @Test func aViewRenamesWithoutCheckingTheName() throws {
        let reports = Reports()
        let provider = MeterProvider.make(
            views: [View(.init(name: "c"), name: "1 neuer Name", description: "new")],
            reports: reports)
        provider.meter("m").counter("c", unit: "By", description: "old").add(1)
        let metric = try #require(provider.collected("1 neuer Name"))
        #expect(
            metric.descriptor
                == MetricDescriptor(name: "1 neuer Name", unit: "By", description: "new"))
        #expect(names(provider) == ["1 neuer Name"])
        #expect(reports.all.isEmpty)
    }

    /// A5.10
    @Test func anInstrumentThatNoViewSelectsKeepsItsDefaults() {
        let provider = MeterProvider.make(views: [View(.init(name: "other"), aggregation: .drop)])
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["a": 1])
        #expect(counter.isEnabled)
        #expect(provider.collected("c")?.value(["a": 1]) == .int(1))
    }

    /// A5.11
    @Test func eachOfSeveralViewsHasAStreamOfItsOwn() {
        let provider = MeterProvider.make(views: [
            View(.init(name: "h"), name: "all"),
            View(.init(name: "h"), name: "by.a", attributes: .only(["a"])),
            View(.init(name: "h"), name: "total", aggregation: .sum),
            View(.init(name: "h"), aggregation: .drop),
            View(.init(name: "h"), name: "exp", aggregation: .exponentialBuckets()),
        ])
        let histogram = provider.meter("m").histogram("h", of: Int.self)
        histogram.record(1, ["a": 1, "b": 1])
        histogram.bind(["a": 1, "b": 2]).record(2)
        let snapshot = provider.collect()
        #expect(names(provider) == ["all", "by.a", "total", "exp"])
        #expect(snapshot.metric("all", scope: "m")?.data.histograms.count == 2)
        #expect(snapshot.metric("by.a", scope: "m")?.histogram(["a": 1])?.count == 2)
        #expect(snapshot.metric("total", scope: "m")?.value(["a": 1, "b": 2]) == .int(2))
        #expect(snapshot.metric("exp", scope: "m")?.exponential(["a": 1, "b": 1])?.count == 1)
    }

    /// A5.13
    @Test func dropAllAndOneViewAllowOneInstrument() {
        let reports = Reports()
        let provider = MeterProvider.make(
            views: [View(.init(), aggregation: .drop), View(.init(name: "kept"))],
            reports: reports)
        let meter = provider.meter("m")
        for name in ["kept", "other", "another"] { meter.counter(name).add(1) }
        #expect(names(provider) == ["kept"])
        #expect(meter.counter("kept").isEnabled)
        #expect(!meter.counter("other").isEnabled)
        #expect(reports.all.isEmpty)
    }

    /// A3.9, A6.1: nothing is kept, whatever the way of recording.
    @Test func aDroppedInstrumentUsesNoCells() throws {
        let provider = MeterProvider.make(views: [View(.init(name: "x*"), aggregation: .drop)])
        let meter = provider.meter("m")
        let probe = try #require(OwnedCell(words: 500))
        let before = probe.offset
        for index in 0..<50 {
            let counter = meter.counter("x\(index)")
            counter.add(1)
            counter.add(1, ["k": .int(Int64(index))])
            counter.bind(["k": 1]).add(1)
            counter.declareZero()
            counter.remove(["k": 1])
            let histogram = meter.histogram(
                "xh\(index)", boundaries: Array(0..<500).map(Double.init))
            histogram.record(1)
            histogram.bind(["k": 1]).record(1)
            meter.histogram("xc\(index)", over: Side.self).record(1, .left)
            meter.gauge("xg\(index)", over: Side.self).record(1, .left)
            #expect(!counter.isEnabled && !histogram.isEnabled)
            #expect(counter.storage.streams.isEmpty && histogram.storage.streams.isEmpty)
        }
        _ = meter.observableCounter("xo", of: Int.self) { $0.observe(1) }
        #expect(provider.collect().scopes.isEmpty)
        // Fifty histograms of 505 words would have taken fifty pages.
        let after = try #require(OwnedCell(words: 500)).offset
        #expect(after == before || after - before < 20 * 512)
    }

    /// A3.9, A2.11
    @Test func aDisabledMeterDoesNothing() {
        let reports = Reports()
        let provider = MeterProvider.make(
            isMeterEnabled: { $0.name != "off" }, reports: reports)
        let off = provider.meter("off")
        let (counter, upDown) = (off.counter("c"), off.upDownCounter("u"))
        let (histogram, gauge) = (off.histogram("h"), off.gauge("g"))
        counter.add(-1)
        counter.bind(["a": 1]).add(1)
        upDown.add(1)
        histogram.record(.nan)
        gauge.record(1)
        off.counter("closed", over: Side.self).add(1, .left)
        let observed = off.observableGauge("o", of: Int.self) { $0.observe(1) }
        #expect(!counter.isEnabled && !upDown.isEnabled && !histogram.isEnabled)
        #expect(!gauge.isEnabled && !observed.isEnabled)
        #expect(provider.meter("on").counter("c").isEnabled)
        #expect(provider.collect().scopes.isEmpty)
        #expect(reports.all.isEmpty)
    }

    /// A5.6, A9.1: what a filter makes equal is one series, on all paths.
    @Test func filteredSetsAddUpOnAllPaths() {
        let provider = MeterProvider.make(views: [
            View(.init(), attributes: .except(["side", "b"]))
        ])
        let meter = provider.meter("m")
        let counter = meter.counter("c")
        counter.add(1)
        counter.add(2, ["b": 1])
        counter.bind(["b": 2]).add(4)
        meter.counter("c", over: Side.self).add(8, .left)
        meter.counter("c", over: Side.self).add(16, .right)
        counter.add(32, ["a": 1, "b": 1])
        counter.bind(["b": 3, "a": 1]).add(64)
        let metric = provider.collected("c")
        #expect(metric?.value(.empty) == .int(31))
        #expect(metric?.value(["a": 1]) == .int(96))
        #expect(metric?.values.count == 2)
    }

    /// A3.22
    @Test func advisedKeysAreKeptUnlessAViewNamesOthers() {
        let provider = MeterProvider.make(views: [
            View(.init(name: "viewed"), attributes: .only(["b"])),
            View(.init(name: "renamed"), name: "n"),
        ])
        let meter = provider.meter("m")
        for name in ["plain", "viewed", "renamed"] {
            meter.counter(name, keeping: ["a"]).add(1, ["a": 1, "b": 1])
        }
        #expect(provider.collected("plain")?.value(["a": 1]) == .int(1))
        #expect(provider.collected("viewed")?.value(["b": 1]) == .int(1))
        #expect(provider.collected("n")?.value(["a": 1]) == .int(1))
    }

    /// A3.21
    @Test func advisedBoundariesAreUsedUnlessAViewChoosesBuckets() throws {
        let provider = MeterProvider.make(views: [
            View(.init(name: "standard"), name: "s"),
            View(.init(name: "explicit"), aggregation: .explicitBuckets()),
            View(.init(name: "bounds"), aggregation: .explicitBuckets(bounds: [7])),
        ])
        let meter = provider.meter("m")
        for name in ["plain", "standard", "explicit", "bounds", "empty"] {
            meter.histogram(name, boundaries: name == "empty" ? [] : [1, 2]).record(1)
        }
        func bounds(_ name: String) throws -> [Double] {
            guard case .histogram(_, let bounds, _) = try #require(provider.collected(name)).data
            else { return [.nan] }
            return bounds
        }
        #expect(try bounds("plain") == [1, 2])
        #expect(try bounds("s") == [1, 2])
        #expect(try bounds("explicit") == HistogramBoundaries.standard)
        #expect(try bounds("bounds") == [7])
        #expect(try bounds("empty").isEmpty)
    }

    /// A3.20
    @Test func impossibleAdviceIsAsIfItWereAbsent() throws {
        let provider = MeterProvider.make(histogramAggregation: .explicitBuckets(bounds: [3]))
        provider.meter("m").histogram("h", boundaries: [2, 1]).record(1)
        #expect(provider.collected("h")?.histogram()?.bucketCounts == [1, 0])
    }

    @Test func theProvidersHistogramAggregationCountsWhereNoViewChooses() throws {
        let exponential = MeterProvider.make(
            views: [View(.init(name: "e"), aggregation: .explicitBuckets(bounds: []))],
            histogramAggregation: .exponentialBuckets(maximumSize: 4, recordsMinMax: false))
        exponential.meter("m").histogram("h", boundaries: [1]).record(1)
        exponential.meter("m").histogram("e").record(1)
        let point = try #require(exponential.collected("h")?.exponential())
        #expect(point.count == 1 && point.minimum == nil)
        #expect(exponential.collected("e")?.histogram()?.bucketCounts == [1])
    }

    /// A6.5
    @Test(arguments: [
        Aggregation.explicitBuckets(recordsMinMax: false),
        .explicitBuckets(bounds: [1], recordsMinMax: false),
        .exponentialBuckets(recordsMinMax: false),
    ])
    func minimumAndMaximumCanBeLeftOut(aggregation: Aggregation) {
        for provider in [
            MeterProvider.make(views: [View(.init(), aggregation: aggregation)]),
            MeterProvider.make(histogramAggregation: aggregation),
        ] {
            provider.meter("m").histogram("h").record(2)
            let metric = provider.collected("h")
            let minimum = metric?.histogram()?.minimum ?? metric?.exponential()?.minimum
            let maximum = metric?.histogram()?.maximum ?? metric?.exponential()?.maximum
            #expect(metric != nil && minimum == nil && maximum == nil)
        }
    }

    /// A5.11
    @Test func anImpossibleViewIsReportedAndIgnored() {
        let impossible: [(InstrumentKind, Aggregation)] = [
            (.counter, .lastValue), (.upDownCounter, .lastValue), (.histogram, .lastValue),
            (.observableCounter, .lastValue),
            (.observableCounter, .explicitBuckets()), (.observableUpDownCounter, .lastValue),
            (.observableUpDownCounter, .exponentialBuckets()),
            (.observableGauge, .exponentialBuckets()),
        ]
        for (kind, aggregation) in impossible {
            let reports = Reports()
            let provider = MeterProvider.make(
                views: [View(.init(name: "i"), name: "ignored", aggregation: aggregation)],
                reports: reports)
            let meter = provider.meter("m")
            switch kind {
            case .counter: meter.counter("i").add(1)
            case .upDownCounter: meter.upDownCounter("i").add(1)
            case .histogram: meter.histogram("i").record(1)
            case .gauge: meter.gauge("i").record(1)
            case .observableCounter:
                _ = meter.observableCounter("i", of: Int.self) { $0.observe(1) }
            case .observableUpDownCounter:
                _ = meter.observableUpDownCounter("i", of: Int.self) { $0.observe(1) }
            case .observableGauge:
                _ = meter.observableGauge("i", of: Int.self) { $0.observe(1) }
            }
            #expect(provider.collected("i")?.data.pointCount == 1, "\(kind) \(aggregation)")
            #expect(names(provider) == ["i"])
            #expect(reports.all == [.unusableView("i", "\(aggregation)")])
        }
    }

    /// A5.11: an impossible view beside a possible one takes nothing away from it.
    @Test func anImpossibleViewBesideAPossibleOneIsIgnored() {
        let provider = MeterProvider.make(views: [
            View(.init(), name: "no", aggregation: .lastValue), View(.init(), name: "yes"),
        ])
        provider.meter("m").counter("c").add(1)
        #expect(names(provider) == ["yes"])
    }

    /// A6.3, A6.7
    @Test func histogramsOfWhatMayBeNegativeHaveNoSum() throws {
        for aggregation in [Aggregation.explicitBuckets(bounds: [0]), .exponentialBuckets()] {
            let provider = MeterProvider.make(views: [View(.init(), aggregation: aggregation)])
            let meter = provider.meter("m")
            meter.upDownCounter("up").add(-4)
            meter.upDownCounter("up").add(3)
            meter.gauge("gauge").record(-1)
            meter.counter("counter").add(3)
            for (name, count) in [("up", UInt64(2)), ("gauge", 1)] {
                let metric = try #require(provider.collected(name))
                #expect((metric.histogram()?.count ?? metric.exponential()?.count) == count)
                #expect(metric.histogram()?.sum == nil && metric.exponential()?.sum == nil)
            }
            let counted = try #require(provider.collected("counter"))
            #expect((counted.histogram()?.sum ?? counted.exponential()?.sum) == 3)
        }
    }

    /// A6.3
    @Test func theSumOfAHistogramIsMonotonic() {
        let provider = MeterProvider.make(views: [View(.init(), aggregation: .sum)])
        let meter = provider.meter("m")
        meter.histogram("h", of: Double.self).record(1.5)
        meter.histogram("h", of: Double.self).bind(["a": 1]).record(2.5)
        meter.histogram("h", of: Double.self, over: Side.self).record(3.5, .left)
        let metric = provider.collected("h")
        #expect(metric?.values == [.double(1.5), .double(2.5), .double(3.5)])
        guard case .sum(_, isMonotonic: true, _)? = metric?.data else {
            Issue.record("\(String(describing: metric))")
            return
        }
    }

    /// All paths of an integer histogram reach a sum of integers.
    @Test func theSumOfAnIntegerHistogramIsAnInteger() {
        let provider = MeterProvider.make(views: [View(.init(), aggregation: .sum)])
        let meter = provider.meter("m")
        let histogram = meter.histogram("h", of: Int.self)
        histogram.record(1)
        histogram.record(2, ["side": "l"])
        histogram.bind(["side": "l"]).record(4)
        meter.histogram("h", of: Int.self, over: Side.self).record(8, .left)
        let metric = provider.collected("h")
        #expect(metric?.value(.empty) == .int(1))
        #expect(metric?.value(["side": "l"]) == .int(14))
    }

    /// A9.1
    @Test func eachViewHasALimitOfItsOwn() {
        let reports = Reports()
        let provider = MeterProvider.make(
            views: [
                View(.init(name: "c"), name: "two", cardinalityLimit: 2),
                View(.init(name: "c"), name: "five"),
                View(
                    .init(name: "c"), name: "filtered", attributes: .only([]), cardinalityLimit: 1),
                View(.init(name: "c"), name: "none", cardinalityLimit: .min),
            ], cardinalityLimit: 5, reports: reports)
        let counter = provider.meter("m").counter("c")
        for index in 0..<5 { counter.add(1, ["k": .int(Int64(index))]) }
        let snapshot = provider.collect()
        func values(_ name: String) -> [Number] { snapshot.metric(name, scope: "m")?.values ?? [] }
        #expect(values("two") == [.int(1), .int(1), .int(3)])
        #expect(values("five") == Array(repeating: .int(1), count: 5))
        #expect(values("filtered") == [.int(5)])
        #expect(values("none") == [.int(1), .int(4)])
        #expect(
            Set(reports.all) == [
                .cardinalityLimitReached("two", limit: 2, key: "k"),
                .cardinalityLimitReached("none", limit: 1, key: "k"),
            ])
    }

    /// A3.31: a view that gives one of two instruments another name resolves their conflict.
    @Test func aViewResolvesAConflict() {
        let renamed = Reports()
        let provider = MeterProvider.make(
            views: [View(.init(name: "x", unit: "s"), name: "x.seconds")], reports: renamed)
        provider.meter("m").counter("x", unit: "By").add(1)
        provider.meter("m").counter("x", unit: "s").add(1)
        #expect(renamed.all.isEmpty)
        let described = Reports()
        let other = MeterProvider.make(
            views: [View(.init(name: "x"), description: "one")], reports: described)
        other.meter("m").counter("x", description: "a").add(1, ["k": 1])
        other.meter("m").counter("x", description: "b").add(1, ["k": 2])
        #expect(described.all.isEmpty)
        #expect(other.collected("x")?.values.count == 2)
        let dropped = Reports()
        let third = MeterProvider.make(
            views: [View(.init(kind: .gauge), aggregation: .drop)], reports: dropped)
        third.meter("m").counter("x").add(1)
        third.meter("m").gauge("x").record(1)
        #expect(dropped.all.isEmpty)
    }

    /// A5.5, A5.11: views can also make a conflict.
    @Test func viewsThatGiveTwoStreamsOneNameAreReported() {
        let reports = Reports()
        let provider = MeterProvider.make(
            views: [View(.init(kind: .counter), name: "same")], reports: reports)
        provider.meter("m").counter("a").add(1)
        #expect(reports.all == [.renamingViewSelectsSeveral("same")])
        provider.meter("m").counter("b", unit: "s").add(1)
        #expect(
            reports.all == [.renamingViewSelectsSeveral("same"), .conflictingRegistration("same")])
        let twice = Reports()
        let other = MeterProvider.make(
            views: [
                View(.init(name: "h")), View(.init(name: "h"), aggregation: .exponentialBuckets()),
            ],
            reports: twice)
        other.meter("m").histogram("h").record(1)
        #expect(twice.all == [.conflictingRegistration("h")])
        #expect(other.collect().pointCount == 2)
    }

    @Test func absurdViewsDoNoHarm() {
        let reports = Reports()
        let provider = MeterProvider.make(
            views: [
                View(.init(name: ""), name: ""),
                View(.init(name: String(repeating: "*?", count: 1000))),
                View(.init(), name: "a", aggregation: .explicitBuckets(bounds: [.nan])),
                View(.init(), name: "b", aggregation: .explicitBuckets(bounds: [2, 1])),
                View(
                    .init(), name: "c",
                    aggregation: .exponentialBuckets(maximumSize: .min, maximumScale: .min)),
                View(
                    .init(), name: "d",
                    aggregation: .exponentialBuckets(maximumSize: .max, maximumScale: .max)),
                View(.init(), name: "e", cardinalityLimit: .max, reservoir: .fixedSize(.max)),
                View(.init(), name: "f", cardinalityLimit: .min, reservoir: .fixedSize(.min)),
                View(
                    .init(), name: "g", aggregation: .explicitBuckets(bounds: []),
                    reservoir: .alignedToBuckets),
            ], exemplarFilter: .alwaysOn, reports: reports)
        let histogram = provider.meter("m").histogram("h")
        for value in [0, .leastNonzeroMagnitude, 1, .greatestFiniteMagnitude] {
            histogram.record(value, ["k": 1])
        }
        #expect(Set(names(provider)) == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(provider.collected("c")?.exponential(["k": 1])?.count == 4)
    }
}
