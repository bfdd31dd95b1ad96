import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct SeriesIndexTests {
    private func find(_ index: SeriesIndex, _ set: AttributeSet) -> UInt32 {
        index.offset(set.attributeHash) { AttributeBytes.areEqual($0, set.bytes) }
    }

    @Test func whatWasInsertedIsFoundUntilItIsRemoved() {
        let index = SeriesIndex(capacity: 64)
        let sets: [AttributeSet] = (0..<40).map { ["k": .int(Int64($0))] }
        for (offset, set) in sets.enumerated() {
            index.insert(set.bytes, set.attributeHash, UInt32(offset))
        }
        #expect(sets.map { find(index, $0) } == (0..<40).map(UInt32.init))
        for set in sets.prefix(20) { index.remove(set.bytes, set.attributeHash) }
        #expect(sets.prefix(20).allSatisfy { find(index, $0) == Cell.noOffset })
        #expect(sets.dropFirst(20).map { find(index, $0) } == (20..<40).map(UInt32.init))
        #expect(find(index, ["other": 1]) == Cell.noOffset)
    }

    @Test func itIsFullBeforeASearchCouldRunForEver() {
        let index = SeriesIndex(capacity: SeriesIndex.smallestCapacity)
        var count = 0
        while !index.isFull {
            let set: AttributeSet = ["k": .int(Int64(count))]
            index.insert(set.bytes, set.attributeHash, 0)
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
