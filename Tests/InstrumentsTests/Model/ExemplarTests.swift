import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct ExemplarTests {
    private static let trace = TraceContext(traceID: (high: 1, low: 2), spanID: 3, isSampled: true)
    private static let unsampled = TraceContext(traceID: (1, 2), spanID: 3, isSampled: false)

    /// A10.1, A10.2: where nothing is kept nothing is made or asked.
    @Test func withoutExemplarsThereIsNoReservoirAndNoContextIsAskedFor() throws {
        let asked = Atomic(0)
        let off = MeterProvider.make(
            exemplarFilter: .alwaysOff,
            traceContext: {
                asked.wrappingAdd(1, ordering: .relaxed)
                return Self.trace
            })
        for provider in [
            off, MeterProvider.make(), MeterProvider.make(exemplarFilter: .traceBased),
        ] {
            let counter = provider.meter("m").counter("c")
            counter.add(1)
            counter.bind(["k": 1]).add(1)
            let stream = try #require(counter.storage.direct)
            #expect(!stream.keepsExemplars)
            #expect(stream.series(.empty)?.reservoir == nil)
            #expect(provider.collected("c")?.point()?.exemplars.isEmpty == true)
        }
        #expect(asked.load(ordering: .relaxed) == 0)
    }

    /// A10.2
    @Test func theFilterDecides() {
        func exemplars(_ filter: ExemplarFilter, _ context: TraceContext?) -> [Exemplar]? {
            let provider = MeterProvider.make(exemplarFilter: filter, traceContext: { context })
            provider.meter("m").counter("c").add(7)
            return provider.collected("c")?.point()?.exemplars
        }
        #expect(exemplars(.alwaysOn, nil)?.map(\.value) == [.int(7)])
        #expect(exemplars(.alwaysOn, Self.unsampled)?.first?.context == Self.unsampled)
        #expect(exemplars(.traceBased, nil)?.isEmpty == true)
        #expect(exemplars(.traceBased, Self.unsampled)?.isEmpty == true)
        #expect(exemplars(.traceBased, Self.trace)?.first?.context == Self.trace)
        #expect(exemplars(.alwaysOff, Self.trace)?.isEmpty == true)
    }

    /// A10.4, A3.10
    @Test func whatAFilterRemovesIsOnTheExemplarOnAllPaths() {
        let provider = MeterProvider.make(
            views: [View(.init(), attributes: .only(["a"]))], exemplarFilter: .alwaysOn)
        let meter = provider.meter("m")
        let counter = meter.counter("c")
        counter.add(1, ["a": 1, "b": 1])
        counter.bind(["a": 2, "b": 2]).add(1)
        meter.counter("c", over: Side.self).add(1, .right)
        let metric = provider.collected("c")
        #expect(metric?.point(["a": 1])?.exemplars.map(\.filteredAttributes) == [["b": 1]])
        #expect(metric?.point(["a": 2])?.exemplars.map(\.filteredAttributes) == [["b": 2]])
        #expect(metric?.point()?.exemplars.map(\.filteredAttributes) == [["side": "r"]])
    }

    /// A10.4: the overflow point has none of the measurement's attributes.
    @Test func anExemplarOfTheOverflowHasAllAttributes() {
        let provider = MeterProvider.make(cardinalityLimit: 1, exemplarFilter: .alwaysOn)
        let counter = provider.meter("m").counter("c")
        counter.add(1, ["k": 1])
        counter.bind(["k": 2]).add(1)
        let metric = provider.collected("c")
        #expect(metric?.point(["k": 1])?.exemplars.map(\.filteredAttributes) == [.empty])
        let overflow = metric?.point(SeriesTable.overflowAttributes)
        #expect(overflow?.exemplars.map(\.filteredAttributes) == [["k": 2]])
    }

    /// A10.5
    @Test func eachAggregationHasItsReservoir() throws {
        let provider = MeterProvider.make(
            views: [
                View(.init(name: "e"), aggregation: .exponentialBuckets(maximumSize: 5)),
                View(.init(name: "large"), aggregation: .exponentialBuckets()),
                View(.init(name: "own"), reservoir: .fixedSize(2)),
            ], exemplarFilter: .alwaysOn)
        let meter = provider.meter("m")
        for value in 0..<50 {
            meter.counter("c").add(value)
            meter.gauge("g").record(Double(value))
            meter.histogram("h", boundaries: [10, 20]).record(Double(value))
            meter.histogram("one", boundaries: []).record(Double(value))
            for name in ["e", "large", "own"] { meter.histogram(name).record(Double(value)) }
        }
        let snapshot = provider.collect()
        func metric(_ name: String) -> Metric? { snapshot.metric(name, scope: "m") }
        #expect(metric("c")?.point()?.exemplars.count == 1)
        #expect(metric("g")?.point()?.exemplars.count == 1)
        #expect(metric("h")?.histogram()?.exemplars.map(\.value.asDouble) == [10, 20, 49])
        #expect(metric("one")?.histogram()?.exemplars.count == 1)
        #expect(metric("e")?.exponential()?.exemplars.count == 5)
        #expect(metric("large")?.exponential()?.exemplars.count == 20)
        #expect(metric("own")?.histogram()?.exemplars.count == 2)
    }

    /// A10.3: whatever the wall clock does.
    @Test func exemplarsLieBetweenStartAndTime() throws {
        let clock = SteppedClock(start: 5000)
        let provider = MeterProvider.make(exemplarFilter: .alwaysOn, clock: clock)
        let counter = provider.meter("m").counter("c")
        for now in [5000, 5000, 90_000, 10, 0, 5000] as [UInt64] {
            clock.set(to: now)
            counter.add(1, ["k": .int(Int64(now))])
            clock.set(to: now / 2)
            let snapshot = provider.collect()
            for point in snapshot.metric("c", scope: "m")?.data.numbers ?? [] {
                let exemplar = try #require(point.exemplars.first)
                #expect(exemplar.time > point.start && exemplar.time <= snapshot.time)
            }
        }
    }

    @Test func refusedMeasurementsAreNoExemplars() {
        let provider = MeterProvider.make(exemplarFilter: .alwaysOn)
        let histogram = provider.meter("m").histogram("h")
        histogram.record(1)
        for value in [Double.nan, .infinity, -1] { histogram.record(value) }
        #expect(provider.collected("h")?.histogram()?.exemplars.map(\.value) == [.double(1)])
    }
}
