import Testing

@testable import Instruments

/// Rows A6 of the checklist: aggregations.
/// `Documentation/conformance.md` names these tests.
@Suite struct AggregationRowsTests {
    @Test func a6_3_sumsOfGaugesMayFallAndTakeFiniteValuesOnly() {
        let reports = Reports()
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "*.sum"), aggregation: .sum),
                View(View.Selector(name: "both"), aggregation: .sum),
                View(View.Selector(name: "both"), name: "level"),
            ], report: { reports.add($0) })
        let meter = provider.meter("m")
        let gauge = meter.gauge("g.sum")
        for value in [5, -7, .nan, .infinity] as [Double] {
            gauge.record(value)
            gauge.bind(["k": 1]).record(value)
        }
        meter.gauge("i.sum", of: Int.self, over: Side.self).record(3, .left)
        _ = meter.observableGauge("o.sum", of: Double.self) { observer in
            observer.observe(2)
            observer.observe(.nan, ["k": 1])
        }
        _ = meter.observableGauge("both", of: Double.self) { $0.observe(.infinity) }
        let snapshot = provider.collect()
        #expect(snapshot.metric("g.sum", scope: "m")?.values == [.double(-2), .double(-2)])
        #expect(snapshot.metric("i.sum", scope: "m")?.values == [.int(3)])
        #expect(snapshot.metric("o.sum", scope: "m")?.values == [.double(2)])
        #expect(snapshot.metric("both", scope: "m") == nil)
        #expect(snapshot.metric("level", scope: "m")?.values == [.double(.infinity)])
        for name in ["g.sum", "i.sum", "o.sum"] {
            let data = snapshot.metric(name, scope: "m")?.data
            guard case .sum(_, isMonotonic: false, temporality: .cumulative)? = data else {
                Issue.record("\(name)")
                continue
            }
        }
        #expect(
            Set(reports.all)
                == Set(["g.sum", "o.sum", "both"].map { .droppedMeasurements($0) }))
    }

    @Test func a6_20_sizesAndScalesAreHeldInRange() {
        let provider = MeterProvider(views: [
            View(
                View.Selector(name: "least"),
                aggregation: .exponentialBuckets(maximumSize: 0, maximumScale: -100)),
            View(
                View.Selector(name: "most"),
                aggregation: .exponentialBuckets(maximumSize: 1000, maximumScale: 100)),
            View(View.Selector(name: "standard"), aggregation: .exponentialBuckets()),
        ])
        let meter = provider.meter("m")
        for (name, size) in ["least": 2, "most": 250, "standard": 160] {
            let histogram = meter.histogram(name)
            histogram.record(1.5)
            #expect(provider.collected(name)?.exponential()?.scale == (size == 2 ? -10 : 20))
            for step in 0..<5000 { histogram.record(1 + Double(step) / 5000) }
            let point = provider.collected(name)?.exponential()
            #expect((1...size).contains(point?.positive.counts.count ?? 0))
        }
    }

    @Test func a6_28_theZeroBucketHoldsZeroesOnly() {
        let provider = MeterProvider(
            views: [View(View.Selector(name: "*"), aggregation: .exponentialBuckets())])
        let upDown = provider.meter("m").upDownCounter("u", of: Double.self)
        for amount in [0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude] as [Double] {
            upDown.add(amount)
        }
        let point = provider.collected("u")?.exponential()
        #expect(point?.zeroCount == 2)
        #expect(point?.positive.count == 1 && point?.negative.count == 1)
    }

    @Test func a6_7_aHistogramOfNegativeValuesHasNoSum() {
        let provider = MeterProvider(views: [
            View(View.Selector(name: "explicit"), aggregation: .explicitBuckets(bounds: [0])),
            View(View.Selector(name: "exponential"), aggregation: .exponentialBuckets()),
        ])
        let meter = provider.meter("m")
        for name in ["explicit", "exponential"] { meter.upDownCounter(name).add(-3) }
        let explicit = provider.collected("explicit")?.histogram()
        #expect(explicit?.sum == nil && explicit?.minimum == -3 && explicit?.count == 1)
        guard case .exponentialHistogram(let points, _)? = provider.collected("exponential")?.data
        else {
            Issue.record("no exponential histogram")
            return
        }
        #expect(points.map(\.sum) == [nil] && points[0].negative.count == 1)
    }

    @Test func a6_22_infinitiesAndNaNTouchNothingOfAnExponentialHistogram() {
        let provider = MeterProvider(histogramAggregation: .exponentialBuckets())
        let histogram = provider.meter("m").histogram("h")
        for value in [Double.nan, .infinity, -.infinity, 4] { histogram.record(value) }
        guard case .exponentialHistogram(let points, _)? = provider.collected("h")?.data else {
            Issue.record("no exponential histogram")
            return
        }
        #expect(points.count == 1)
        let point = points[0]
        #expect(point.count == 1 && point.sum == 4 && point.minimum == 4 && point.maximum == 4)
        // One distinct value is kept at the largest scale (A6.24).
        #expect(point.scale == 20)
    }
}
