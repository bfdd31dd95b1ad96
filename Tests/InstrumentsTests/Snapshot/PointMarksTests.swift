import Testing

@testable import Instruments

@Suite struct PointMarksTests {
    @Test func joinedMarksKeepWhatIsKnownOfEachPoint() {
        var marks = PointMarks.ofNoPoint
        marks.append(PointMarks(stream: 3, updates: [7]), at: 0)
        // A producer's point, of which nobody knows how often it was measured.
        marks.append(PointMarks(), at: 0)
        #expect(marks.updates(at: 0) == 7 && marks.updates(at: 1) == nil)
        #expect(marks.stream(at: 0) == 3 && marks.stream(at: 1) == 0)
        marks.join(PointMarks(stream: 4, updates: [5]), at: 0, to: 0)
        #expect(marks.updates(at: 0) == 12 && marks.stream(at: 0) == 3)
        marks.join(PointMarks(), at: 0, to: 0)
        #expect(marks.updates(at: 0) == nil)
    }

    @Test func marksOfSomePointsAreThoseOfTheseIndices() {
        let marks = PointMarks(stream: 2, updates: [1, 2, 3]).keeping([0, 2])
        #expect(marks.updates(at: 1) == 3 && marks.stream(at: 1) == 2)
    }

    /// A producer's metric of the same identity stands beside the instrument's own series.
    @Test func whatAProducerAddsDoesNotHideThatASeriesWasMeasuredAgain() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let (counter, gauge) = (meter.counter("c"), meter.gauge("g", of: Int.self))
        let reader = MetricReader(
            of: provider,
            producers: [
                {
                    let point = NumberPoint(attributes: ["k": 2], start: 1, value: .int(9))
                    let sum = MetricData.sum([point], isMonotonic: true, temporality: .cumulative)
                    return [
                        ScopeMetrics(
                            scope: InstrumentationScope(name: "m"),
                            metrics: [
                                Metric(descriptor: MetricDescriptor(name: "c"), data: sum),
                                Metric(
                                    descriptor: MetricDescriptor(name: "g"), data: .gauge([point])),
                            ])
                    ]
                }
            ])
        counter.add(1, ["k": 1])
        gauge.record(5, ["k": 1])
        let first = reader.collection()
        counter.add(0, ["k": 1])
        let delta = reader.collection().delta(since: first)
        // Zero was added to the counter, the gauge is silent, and of the producer's level nobody
        // knows.
        #expect(delta.metric("c", scope: "m")?.value(["k": 1]) == .int(0))
        #expect(delta.metric("g", scope: "m")?.value(["k": 1]) == nil)
        #expect(delta.metric("g", scope: "m")?.value(["k": 2]) == .int(9))
    }
}
