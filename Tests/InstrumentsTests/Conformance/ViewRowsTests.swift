import Testing

@testable import Instruments

/// Rows A5 of the checklist, and A3.31: views.
/// `Documentation/conformance.md` names these tests.
@Suite struct ViewRowsTests {
    @Test func a5_2_everyCriterionIsOptionalAndAllHaveToMatch() {
        let scope = InstrumentationScope(name: "m", version: "1", schemaURL: "u")
        let instrument = InstrumentDescriptor(
            name: "http.server.Duration", kind: .histogram, unit: "ms", description: "",
            number: .double)
        func matches(_ selector: View.Selector) -> Bool { selector.matches(instrument, scope) }
        #expect(matches(View.Selector()))
        for name in ["*", "http.*", "*duration", "HTTP.SERVER.DURATION", "http.??????.*"] {
            #expect(matches(View.Selector(name: name)))
        }
        for name in ["", "http", "http.?.duration", "*.client.*"] {
            #expect(!matches(View.Selector(name: name)))
        }
        let all = View.Selector(
            name: "http.*", kind: .histogram, unit: "ms", meterName: "m", meterVersion: "1",
            meterSchemaURL: "u")
        #expect(matches(all))
        let changes: [(inout View.Selector) -> Void] = [
            { $0.name = "x" }, { $0.kind = .counter }, { $0.unit = "s" }, { $0.meterName = "n" },
            { $0.meterVersion = "2" }, { $0.meterSchemaURL = "" },
        ]
        for change in changes {
            var selector = all
            change(&selector)
            #expect(!matches(selector))
        }
    }

    @Test func a5_4_aNameGivenByAViewIsNotValidated() {
        let reports = Reports()
        let provider = MeterProvider(
            views: [View(View.Selector(name: "c"), name: "1 not a name!")],
            report: { reports.add($0) })
        provider.meter("m").counter("c").add(1)
        #expect(provider.collected("1 not a name!")?.values == [.int(1)])
        #expect(reports.all == [])
    }

    @Test func a5_5_aRenamingViewThatMaySelectSeveralIsReportedOnceAndApplies() {
        let reports = Reports()
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "a?"), name: "same"),
                View(View.Selector(kind: .gauge), name: "same"),
                View(View.Selector(name: "*"), description: "renames nothing"),
                View(View.Selector(name: "exact"), name: "other"),
            ], report: { reports.add($0) })
        #expect(reports.all == [.renamingViewSelectsSeveral("same")])
        provider.meter("m").counter("a1").add(1)
        #expect(provider.collected("same")?.values == [.int(1)])
        #expect(reports.all == [.renamingViewSelectsSeveral("same")])
    }

    @Test func a5_11_viewsThatGiveTwoStreamsOneIdentityAreAppliedAndReported() {
        let reports = Reports()
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "h"), aggregation: .explicitBuckets(bounds: [1])),
                View(View.Selector(name: "h"), aggregation: .explicitBuckets(bounds: [2])),
                View(View.Selector(name: "c"), name: "d"),
            ], report: { reports.add($0) })
        let meter = provider.meter("m")
        meter.histogram("h").record(1)
        #expect(reports.all == [.conflictingRegistration("h")])
        meter.counter("c").add(1)
        meter.counter("d").add(1)
        #expect(reports.all == [.conflictingRegistration("h"), .conflictingRegistration("d")])
        // One metric of each identity (A3.35): both views' streams hold the same measurement.
        let metrics = provider.collect().scopes.flatMap(\.metrics)
        #expect(metrics.map(\.descriptor.name) == ["d", "h"])
        #expect(metrics.first?.values == [.int(2)])
        #expect(metrics.last?.histogram()?.bucketCounts == [1, 0])
        // Another meter is another namespace.
        provider.meter("other").counter("d").add(1)
        #expect(reports.all.count == 2)
    }

    @Test func a3_31_conflictsAreWarnedOfWithARecipeUnlessAViewResolvesThem() {
        func reports(_ views: [View], _ make: (Meter) -> Void) -> [InstrumentsDiagnostic] {
            let reports = Reports()
            make(MeterProvider(views: views, report: { reports.add($0) }).meter("m"))
            return reports.all
        }
        let kinds: (Meter) -> Void = {
            $0.counter("x").add(1)
            $0.gauge("x").record(1)
        }
        let descriptions: (Meter) -> Void = {
            $0.counter("x", description: "one").add(1)
            $0.counter("x", description: "another").add(1)
        }
        let conflict = InstrumentsDiagnostic.conflictingRegistration("x")
        #expect(reports([], kinds) == [conflict])
        #expect(reports([], descriptions) == [conflict])
        #expect(conflict.description.contains("A view that selects one of them by kind or unit"))
        let renaming = View(View.Selector(name: "x", kind: .gauge), name: "y")
        #expect(reports([renaming], kinds) == [])
        let describing = View(View.Selector(name: "x"), description: "both")
        #expect(reports([describing], descriptions) == [])
        // A description does not make a counter of a gauge.
        #expect(reports([describing], kinds) == [conflict])
    }

    @Test func a5_12_composableViewsMakeOneStreamOfEachName() {
        let views = [
            View(
                View.Selector(name: "*"), description: "first", attributes: .except(["a"]),
                aggregation: .explicitBuckets(bounds: [1]), cardinalityLimit: 7),
            View(View.Selector(name: "h"), attributes: .only(["a", "b"]), cardinalityLimit: 1),
            View(View.Selector(name: "h"), name: "copy", attributes: .only([])),
            View(View.Selector(name: "h"), description: "last", aggregation: .standard),
        ]
        func collect(_ matching: ViewMatching) -> [Metric] {
            let provider = MeterProvider(views: views, viewMatching: matching)
            let histogram = provider.meter("m").histogram("h", boundaries: [5, 6])
            histogram.record(1, ["a": 1, "b": 1, "c": 1])
            histogram.record(1, ["a": 2, "b": 2, "c": 2])
            return provider.collect().scopes.flatMap(\.metrics)
        }
        // Streams of all three views, in one metric.
        let independent = collect(.independent).filter { $0.descriptor.name == "h" }
        #expect(independent.map(\.data.pointCount) == [6])
        let metrics = collect(.composable)
        #expect(metrics.map(\.descriptor.name) == ["h", "copy"])
        #expect(metrics.map(\.descriptor.description) == ["last", ""])
        // Filters are joined by and; of the rest the last setting counts.
        #expect(metrics.first?.histogram(["b": 1])?.bucketCounts == [1, 0])
        #expect(metrics.first?.histogram(["otel.metric.overflow": true])?.count == 1)
        #expect(metrics.last?.histogram()?.bucketCounts == [2, 0, 0])
    }

    @Test func a5_10_anInstrumentThatNoViewSelectsIsExportedByItsDefault() {
        let provider = MeterProvider.make(views: [
            View(.init(name: "other"), name: "renamed", attributes: .only([]), aggregation: .drop)
        ])
        let meter = provider.meter("m")
        meter.histogram("h").record(7, ["a": 1, "b": 2])
        meter.counter("c").add(3, ["a": 1])
        meter.counter("other").add(1)
        let snapshot = provider.collect()
        #expect(snapshot.pointCount == 2)
        #expect(snapshot.metric("c", scope: "m")?.value(["a": 1]) == .int(3))
        let metric = snapshot.metric("h", scope: "m")
        guard case .histogram(let points, let bounds, .cumulative)? = metric?.data else {
            Issue.record("no histogram")
            return
        }
        #expect(bounds == HistogramBoundaries.standard)
        #expect(points.map(\.attributes) == [["a": 1, "b": 2]])
    }

    @Test func a5_11_everyMatchingViewMakesAStreamAndAnImpossibleOneIsAsIfItWereNot() {
        let reports = Reports()
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "*"), aggregation: .explicitBuckets(bounds: [1])),
                View(View.Selector(name: "h"), name: "second", attributes: .only([])),
            ], report: { reports.add($0) })
        let meter = provider.meter("m")
        meter.histogram("h").record(1, ["k": 1])
        _ = meter.observableGauge("g", of: Int.self) { $0.observe(3) }
        let snapshot = provider.collect()
        #expect(snapshot.metric("h", scope: "m")?.histogram(["k": 1])?.bucketCounts == [1, 0])
        #expect(snapshot.metric("second", scope: "m")?.histogram()?.count == 1)
        #expect(snapshot.metric("g", scope: "m")?.values == [.int(3)])
        #expect(reports.all.count == 1)
        if case .unusableView("g", _)? = reports.all.first {} else { Issue.record("no report") }
    }

    @Test func a5_13_droppingAllButSomeIsNoConflict() {
        let reports = Reports()
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "*"), aggregation: .drop),
                View(View.Selector(name: "wanted")),
            ], report: { reports.add($0) })
        let meter = provider.meter("m")
        meter.counter("wanted").add(1)
        meter.counter("other").add(1)
        #expect(provider.collect().scopes.flatMap(\.metrics).map(\.descriptor.name) == ["wanted"])
        #expect(reports.all == [])
    }
}
