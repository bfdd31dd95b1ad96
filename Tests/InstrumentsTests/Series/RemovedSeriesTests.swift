import TestSupport
import Testing

@testable import Instruments

/// Series that go without any collection.
@Suite struct RemovedSeriesTests {
    @Test func withoutCollectionsRemovedSeriesAreFreedByLaterRemovals() {
        let provider = MeterProvider.make(cardinalityLimit: 10)
        let counter = provider.meter("m").counter("c")
        let table = counter.storage.streams[0].table
        var index: Int64 = 0
        func live() {
            index += 1
            counter.add(1, ["k": .int(index)])
            counter.remove(["k": .int(index)])
        }
        for _ in 0..<5000 { live() }
        // A thread of another test that is stopped while it reads puts off what is freed.
        #expect(
            eventually {
                live()
                return table.removedCount < RemovedSeries.countBeforeSweep
            })
        #expect(provider.collect().pointCount == 0)
    }

    @Test func heldSeriesStayAndAreLookedAtMoreAndMoreRarely() {
        let provider = MeterProvider.make(cardinalityLimit: 5000)
        let counter = provider.meter("m").counter("c")
        let table = counter.storage.streams[0].table
        let bound = (0..<2000).map { counter.bind(["k": .int(Int64($0))]) }
        bound.forEach { $0.add(1) }
        for index in 0..<2000 { counter.remove(["k": .int(Int64(index))]) }
        #expect(table.removedCount == 2000)
        bound.forEach { $0.add(2) }
        let values = provider.collected("c")?.values ?? []
        #expect(values.count == 2000 && values.allSatisfy { $0 == .int(2) })
        #expect(table.removedCount == 0)
    }

    /// What a handle added after the removal, before it went, comes back in a sweep, too.
    @Test func aSweepLosesNothing() {
        let provider = MeterProvider.make(cardinalityLimit: 10)
        let counter = provider.meter("m").counter("c")
        let kept: AttributeSet = ["kept": true]
        var bound: BoundCounter<Int>? = counter.bind(kept)
        bound?.add(1)
        counter.remove(kept)
        bound?.add(2)
        bound = nil
        for index in 0..<1000 {
            let key: AttributeSet = ["k": .int(Int64(index))]
            counter.add(1, key)
            counter.remove(key)
        }
        #expect(provider.collected("c")?.value(kept) == .int(2))
    }
}
