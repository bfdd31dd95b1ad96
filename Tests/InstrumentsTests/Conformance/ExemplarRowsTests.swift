import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Rows A10 of the checklist: exemplars. `Documentation/conformance.md` names these tests.
@Suite struct ExemplarRowsTests {
    private static let trace = TraceContext(
        traceID: (high: 1, low: 2), spanID: 3, isSampled: true)

    private func exemplars(_ metric: Metric?) -> [Exemplar] {
        switch metric?.data {
        case .sum(let points, _, _)?, .gauge(let points)?: points.flatMap(\.exemplars)
        case .histogram(let points, _, _)?: points.flatMap(\.exemplars)
        case .exponentialHistogram(let points, _)?: points.flatMap(\.exemplars)
        case nil: []
        }
    }

    @Test func a10_1_switchedOffTheyCostNothing() {
        // The cell is written without a look at any reservoir.
        for provider in [MeterProvider(exemplarFilter: .alwaysOff), MeterProvider()] {
            let counter = provider.meter("m").counter("c")
            counter.add(1)
            #expect(counter.storage.direct != nil)
            #expect(exemplars(provider.collected("c")).isEmpty)
        }
        let counter = MeterProvider(exemplarFilter: .alwaysOn).meter("m").counter("c")
        #expect(counter.storage.direct == nil)
    }

    @Test func a10_2_theFilterOfTracesKeepsThoseOfSampledSpansOnly() {
        let context = Mutex<TraceContext?>(nil)
        let provider = MeterProvider(traceContext: { context.withLock { $0 } })
        let counter = provider.meter("m").counter("c")
        counter.add(1)
        context.withLock {
            $0 = TraceContext(traceID: (high: 9, low: 9), spanID: 9, isSampled: false)
        }
        counter.add(2)
        #expect(exemplars(provider.collected("c")).isEmpty)
        context.withLock { $0 = Self.trace }
        counter.add(3)
        let kept = exemplars(provider.collected("c"))
        #expect(kept.map(\.value) == [.int(3)])
        #expect(kept.map(\.context) == [Self.trace])
        #expect(provider.collected("c")?.values == [.int(6)])
    }

    @Test func a10_3_exemplarsLieWithinTheirPointsInEveryLife() throws {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(exemplarFilter: .alwaysOn, clock: clock)
        let histogram = provider.meter("m").histogram("h", boundaries: [10, 20])
        let counter = provider.meter("m").counter("c")
        let (bound, sum) = (histogram.bind(["k": 1]), counter.bind(["k": 1]))
        var previous: MetricsSnapshot?
        for life in 1...3 {
            for value in [5, 15, 25].prefix(4 - life) {
                clock.advance(by: .nanoseconds(100))
                bound.record(Double(value * life))
                sum.add(value * life)
            }
            clock.advance(by: .nanoseconds(100))
            let snapshot = provider.collect()
            let point = try #require(snapshot.metric("h", scope: "m")?.histogram(["k": 1]))
            // One of each bucket that has records.
            #expect(point.exemplars.count == point.bucketCounts.count { $0 > 0 })
            for snapshot in [snapshot, snapshot.delta(since: previous)] {
                for metric in snapshot.scopes.flatMap(\.metrics) {
                    let start = metric.point(["k": 1])?.start ?? metric.histogram(["k": 1])?.start
                    let kept = exemplars(metric)
                    #expect(kept.count >= 1)
                    for exemplar in kept {
                        #expect(exemplar.time >= start ?? .max && exemplar.time <= snapshot.time)
                    }
                }
            }
            previous = snapshot
            clock.advance(by: .nanoseconds(100))
            // Of these no collection tells: they are of a life that ends.
            for value in [5.0, 15, 25] { bound.record(value) }
            histogram.remove(["k": 1])
            counter.remove(["k": 1])
        }
    }

    @Test func a10_4_attributesThatTheViewRemovedAreOnTheExemplar() {
        let provider = MeterProvider(
            views: [View(View.Selector(name: "c"), attributes: .only(["a"]))],
            exemplarFilter: .alwaysOn)
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["a": 1, "b": 2])
        counter.bind(["a": 2, "b": 3]).add(1)
        let metric = provider.collected("c")
        #expect(metric?.value(["a": 1]) == .int(1))
        #expect(exemplars(metric).map(\.filteredAttributes) == [["b": 2], ["b": 3]])
    }

    @Test func a10_5_reservoirsFitTheAggregation() {
        let provider = MeterProvider(
            views: [
                View(View.Selector(name: "e"), aggregation: .exponentialBuckets(maximumSize: 4)),
                View(View.Selector(name: "v"), reservoir: .fixedSize(3)),
            ], exemplarFilter: .alwaysOn)
        let meter = provider.meter("m")
        let (counter, viewed) = (meter.counter("c"), meter.counter("v"))
        let histogram = meter.histogram("h", boundaries: [10, 20])
        let exponential = meter.histogram("e")
        for value in 1...30 {
            counter.add(value)
            viewed.add(value)
            histogram.record(Double(value))
            exponential.record(Double(value))
        }
        let snapshot = provider.collect()
        func kept(_ name: String) -> [Exemplar] {
            exemplars(snapshot.metric(name, scope: "m"))
        }
        #expect(kept("c").count == 1)
        #expect(kept("v").count == 3)
        #expect(kept("e").count == 4)
        // The last of each bucket.
        #expect(Set(kept("h").map(\.value.asDouble)) == [10, 20, 30])
        // A new collection begins a new sample with the next measurement.
        counter.add(1000)
        #expect(exemplars(provider.collected("c")).map(\.value) == [.int(1000)])
    }
}
