import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct SeriesIndexTests {
    private func find(_ index: SeriesIndex, _ set: AttributeSet) -> UInt32 {
        index.offset(set.attributeHash) { AttributeBytes.areEqual($0, set.bytes) }
    }

    @Test func whatWasInsertedIsFoundUntilItIsRemoved() throws {
        let index = SeriesIndex(capacity: 64)
        let sets: [AttributeSet] = (0..<40).map { ["k": .int(Int64($0))] }
        let series = try sets.map { try #require(Series.make($0)) }
        series.forEach(index.insert)
        #expect(sets.map { find(index, $0) } == series.map { $0.cell.offset })
        for (set, series) in zip(sets, series).prefix(20) { #expect(index.remove(set) === series) }
        #expect(index.count == 20)
        #expect(sets.prefix(20).allSatisfy { find(index, $0) == Cell.noOffset })
        #expect(sets.prefix(20).allSatisfy { index.find($0) == nil && index.remove($0) == nil })
        #expect(
            sets.dropFirst(20).map { find(index, $0) }
                == series.dropFirst(20).map { $0.cell.offset })
        #expect(zip(sets, series).dropFirst(20).allSatisfy { index.find($0) === $1 })
        #expect(find(index, ["other": 1]) == Cell.noOffset)
    }

    @Test func anIndexTakesOverTheSeriesOfAnother() throws {
        let small = SeriesIndex(taking: nil, adding: 1)
        let series = try (0..<5).map { try #require(Series.make(["k": .int($0)])) }
        series.forEach(small.insert)
        _ = small.remove(["k": 0])
        let large = SeriesIndex(taking: small, adding: 100)
        #expect(large.count == 4)
        #expect(large.capacity >= 208)
        #expect(large.find(["k": 0]) == nil)
        #expect(large.find(["k": 4]) === series[4])
        // Who was reading the old one still finds cells there.
        #expect(find(small, ["k": 4]) == series[4].cell.offset)
    }

    @Test func itIsFullBeforeASearchCouldRunForEver() throws {
        let index = SeriesIndex(capacity: SeriesIndex.smallestCapacity)
        var count = 0
        while !index.isFull {
            let set: AttributeSet = ["k": .int(Int64(count))]
            index.insert(try #require(Series.make(set)))
            count += 1
        }
        #expect(count < SeriesIndex.smallestCapacity)
        #expect(find(index, ["other": 1]) == Cell.noOffset)
    }

    /// Readers without a lock, while sets come and go: nothing of the sets that stay is lost.
    @Test func totalsAreExactWhileOtherSeriesComeAndGo() {
        let provider = MeterProvider.make(cardinalityLimit: 500)
        let counter = provider.meter("m").counter("c")
        let perThread = 20_000
        let threads = 6
        let isDone = Atomic(0)
        Threads.run(threads + 1) { thread in
            if thread == threads {
                var round = 0
                while isDone.load(ordering: .relaxed) < threads {
                    counter.remove(["gone": .string("\(round % 64)")])
                    if round % 16 == 0 { _ = provider.collect() }
                    round += 1
                }
                return
            }
            for index in 0..<perThread {
                counter.add(1, "stays", "\(index % 50)")
                counter.add(1) { $0.set("gone", "\(index % 64)") }
            }
            isDone.wrappingAdd(1, ordering: .relaxed)
        }
        let points = provider.collected("c")?.data.numbers ?? []
        let staying = points.filter { $0.attributes["stays"] != nil }
        #expect(staying.count == 50)
        let total = staying.reduce(into: Int64(0)) { total, point in
            if case .int(let value) = point.value { total += value }
        }
        #expect(total == Int64(threads * perThread))
    }
}
