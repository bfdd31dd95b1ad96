import CThreadCells
import TestSupport
import Testing

@testable import Instruments

@Suite struct StreamReadingTests {
    private func makeHistogram(
        _ bounds: [Double]
    ) -> (MeterProvider, Histogram<Double>) {
        let provider = MeterProvider.make()
        return (provider, provider.meter("m").histogram("h", boundaries: bounds))
    }

    @Test(arguments: [0, 1, 2, 64, 65, 500])
    func aHistogramPointKeepsItsInvariants(size: Int) throws {
        let bounds = (0..<size).map(Double.init)
        let (provider, histogram) = makeHistogram(bounds)
        for value in 0..<600 { histogram.record(Double(value) + 0.5) }
        let metric = try #require(provider.collected("h"))
        let point = try #require(metric.histogram())
        #expect(point.bucketCounts.count == size + 1)
        #expect(point.bucketCounts.reduce(0, +) == point.count)
        #expect(point.count == 600)
        #expect(point.sum == 180_000)
        #expect(point.minimum == 0.5)
        #expect(point.maximum == 599.5)
        guard case .histogram(_, bounds: bounds, temporality: .cumulative) = metric.data else {
            Issue.record("\(metric.data)")
            return
        }
    }

    @Test func aHistogramWithoutBoundariesHasOneBucket() throws {
        let (provider, histogram) = makeHistogram([])
        histogram.record(3)
        #expect(try #require(provider.collected("h")?.histogram()).bucketCounts == [1])
    }

    /// A thread in the middle of a record on the shared path has counted its value and not yet told
    /// minimum and maximum.
    @Test func anExtremeThatIsNotKnownYetIsLeftOut() throws {
        let (provider, histogram) = makeHistogram([1])
        let series = try #require(histogram.storage.direct?.series(.empty))
        let cell = try #require(tcells_shared(series.cell.offset))
        _ = tcells_fetch_add(cell + 4, 1)
        let point = try #require(provider.collected("h")?.histogram())
        #expect(point.count == 1)
        #expect(point.minimum == nil)
        #expect(point.maximum == nil)
    }

    @Test func pointsAreSortedByAttributes() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        for key in ["c", "a", "b"] { counter.add(1, ["k": .string(key)]) }
        counter.add(1)
        let sets = provider.collected("c")?.data.numbers.map(\.attributes)
        #expect(sets == [.empty, ["k": "a"], ["k": "b"], ["k": "c"]])
    }

    @Test func silentSeriesBesideOthersAreLeftOut() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        _ = counter.bind(["silent": true])
        counter.add(1, ["k": 1])
        #expect(provider.collected("c")?.data.pointCount == 1)
    }

    @Test func totalsAreExactBeyondTheCardinalityLimit() {
        let reports = Reports()
        let provider = MeterProvider.make(cardinalityLimit: 20, reports: reports)
        let counter = provider.meter("m").counter("c")
        let histogram = provider.meter("m").histogram("h", boundaries: [])
        let seed: UInt64 = 11
        var random = SeededRandom(seed: seed)
        var total: Int64 = 0
        for index in 0..<1000 {
            let amount = Int.random(in: 0..<100, using: &random)
            counter.add(amount, ["k": .int(Int64(index % 57))])
            histogram.record(Double(amount), ["k": .int(Int64(index % 57))])
            total += Int64(amount)
        }
        let points = provider.collected("c")?.data.numbers ?? []
        let sum = points.reduce(into: Int64(0)) { sum, point in
            if case .int(let value) = point.value { sum += value }
        }
        #expect(points.count == 21)
        #expect(sum == total, "seed \(seed)")
        let histograms = provider.collected("h")?.data.histograms ?? []
        #expect(histograms.count == 21)
        #expect(histograms.map(\.count).reduce(0, +) == 1000)
        #expect(histograms.compactMap(\.sum).reduce(0, +) == Double(total))
        #expect(
            reports.all == [
                .cardinalityLimitReached("c", limit: 20, key: "k"),
                .cardinalityLimitReached("h", limit: 20, key: "k"),
            ])
    }

    @Test func setsWithinTheLimitNeedNoOverflow() {
        let reports = Reports()
        let provider = MeterProvider.make(cardinalityLimit: 20, reports: reports)
        let counter = provider.meter("m").counter("c")
        for index in 0..<20 { counter.add(1, ["k": .int(Int64(index))]) }
        let points = provider.collected("c")?.data.numbers ?? []
        #expect(points.count == 20)
        #expect(!points.contains { $0.attributes["otel.metric.overflow"] != nil })
        #expect(reports.all.isEmpty)
    }

    /// A collection may have listed a series before it is removed. It reports neither what an
    /// earlier life of it held nor what a handle writes to the next one, which is that one's.
    @Test func aSeriesThatIsRemovedMeanwhileIsLeftOut() throws {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        let bound = counter.bind(["k": 1])
        bound.add(5)
        counter.remove(["k": 1])
        bound.add(2)
        #expect(provider.collected("c")?.values == [.int(2)])
        let stream = try #require(counter.storage.direct)
        let listed = try #require(stream.table.sortedSeries().first)
        #expect(stream.reading.current(listed, 0)?.0.updates == 1)
        counter.remove(["k": 1])
        #expect(stream.reading.current(listed, 0) == nil)
        bound.add(3)
        #expect(stream.reading.current(listed, 0) == nil)
        #expect(provider.collected("c")?.values == [.int(3)])
    }
}
