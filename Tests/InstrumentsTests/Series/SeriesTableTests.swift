import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct SeriesTableTests {
    private func makeSeries(_ attributes: AttributeSet) -> Series? {
        Series.make(attributes)
    }

    private func key(_ index: Int) -> AttributeSet { ["k": .int(Int64(index))] }

    private let overflow: AttributeSet = ["otel.metric.overflow": true]

    @Test func theSameSetIsTheSameSeries() throws {
        let table = SeriesTable(limit: 3, clock: ProviderClock { 1 })
        let first = try #require(table.series(["a": 1, "b": 2], make: makeSeries))
        #expect(table.series(["b": 2, "a": 1], make: makeSeries) === first)
        #expect(table.series(["a": 1], make: makeSeries) !== first)
        #expect(table.refusedSets == 0)
    }

    @Test(arguments: [1, 2, 10])
    func exactlyTheLimitGetsSeriesOfItsOwn(limit: Int) {
        let table = SeriesTable(limit: limit, clock: ProviderClock { 1 })
        for index in 0..<limit { _ = table.series(key(index), make: makeSeries) }
        #expect(table.sortedSeries().map(\.attributes) == (0..<limit).map(key))
        #expect(table.refusedSets == 0)
        #expect(table.series(key(limit), make: makeSeries)?.attributes == overflow)
        #expect(table.series(key(limit + 1), make: makeSeries)?.attributes == overflow)
        #expect(table.sortedSeries().count == limit + 1)
        #expect(table.refusedSets == 2)
        #expect(table.series(key(0), make: makeSeries)?.attributes == key(0))
        #expect(table.refusedSets == 2)
    }

    @Test func theOverflowSetOfAUserIsTheOverflowSeries() {
        let table = SeriesTable(limit: 1, clock: ProviderClock { 1 })
        let own = table.series(overflow, make: makeSeries)
        #expect(table.series(key(1), make: makeSeries)?.attributes == key(1))
        #expect(table.series(key(2), make: makeSeries) === own)
        #expect(table.sortedSeries().count == 2)
    }

    @Test func withoutMemoryThereIsNoSeriesAndNoneIsKept() {
        let table = SeriesTable(limit: 1, clock: ProviderClock { 1 })
        #expect(table.series(key(0), make: { _ in nil }) == nil)
        #expect(table.sortedSeries().isEmpty)
        #expect(table.series(key(0), make: makeSeries) != nil)
        #expect(table.series(key(1), make: { _ in nil }) == nil)
        #expect(table.sortedSeries().count == 1)
    }

    @Test func manyThreadsMakeEachSeriesOnce() {
        let table = SeriesTable(limit: 50, clock: ProviderClock { 1 })
        let made = Atomic(0)
        Threads.run(8) { thread in
            for index in 0..<100 {
                _ = table.series(["k": .int(Int64((index + thread * 13) % 100))]) { attributes in
                    made.wrappingAdd(1, ordering: .relaxed)
                    return Series.make(attributes)
                }
                _ = table.sortedSeries()
            }
        }
        #expect(made.load(ordering: .relaxed) == 51)
        #expect(table.sortedSeries().count == 51)
    }

    @Test func theOrderDoesNotDependOnTheOrderOfCreation() {
        let seed: UInt64 = 5
        var random = SeededRandom(seed: seed)
        let values: [AttributeValue] = [
            .empty, false, true, .int(.min), -1, 0, 1, .double(-.infinity), -1.0, .double(-0.0),
            0.0, 1.0, .double(.infinity), .double(.nan), "", "a", "aa", "e\u{301}", "\u{E9}",
            .bytes([]), .bytes([1]), .array([]), .array([1.0, 1]), .array([1.0, 2]),
            .array([.double(.nan), 1]), .array([.double(.nan), 2]), .array(["a"]),
            .array([.map([Attribute("z", 1.0)]), 1]), .array([.map([Attribute("z", 1.0)]), 2]),
            .map([]), .map([Attribute("a", 1.0), Attribute("b", 1)]),
            .map([Attribute("a", 1.0), Attribute("b", 2)]),
        ]
        let sets =
            values.map { AttributeSet([Attribute("k", $0)]) }
            + values.map { AttributeSet([Attribute("k", $0), Attribute("l", 1)]) }
            + [.empty, ["j": 1], ["K": 1]]
        var expected: [AttributeSet]?
        for _ in 0..<50 {
            let table = SeriesTable(limit: 1000, clock: ProviderClock { 1 })
            for set in sets.shuffled(using: &random) { _ = table.series(set, make: makeSeries) }
            let order = table.sortedSeries().map(\.attributes)
            #expect(order.count == sets.count)
            #expect(order == expected ?? order, "seed \(seed)")
            expected = order
        }
    }

    @Test func nothingPrecedesItself() {
        let seed: UInt64 = 6
        var random = SeededRandom(seed: seed)
        let snapshots = (0..<30).map { _ in RandomSnapshot.make(seed: random.next()) }
        let sets = snapshots.flatMap {
            $0.scopes.flatMap { $0.metrics.flatMap { $0.data.numbers } }
        }
        .map(\.attributes)
        #expect(sets.count > 50)
        for left in sets {
            #expect(!left.precedes(left), "seed \(seed)")
            for right in sets where left != right {
                #expect(left.precedes(right) != right.precedes(left), "seed \(seed)")
            }
        }
    }

    /// A measurement at the very moment of expiry is not forgotten.
    @Test func aSeriesThatIsMeasuredAsItExpiresIsKept() throws {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        let bound = counter.bind(["k": 1])
        let stream = try #require(counter.storage.direct)
        bound.add(1)
        stream.table.expire(idleFor: 10, at: 1000, read: stream.reading.read)
        var reads = 0
        stream.table.expire(idleFor: 10, at: 2000) { series in
            let reading = stream.reading.read(series)
            reads += 1
            if reads == 1 { bound.add(4) }
            return reading
        }
        #expect(provider.collected("c")?.value(["k": 1]) == .int(5))
        stream.table.expire(idleFor: 10, at: 3000, read: stream.reading.read)
        stream.table.expire(idleFor: 10, at: 4000, read: stream.reading.read)
        #expect(provider.collected("c") == nil)
    }
}
