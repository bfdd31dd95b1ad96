import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct BatchQueueTests {
    private func make(_ limit: Int = 10) -> BatchQueue { BatchQueue(byteLimit: limit) }

    private func batch(_ collection: UInt64, points: Int = 1, bytes: Int = 1) -> Batch {
        Batch(
            collection: collection, points: points,
            body: [UInt8](repeating: UInt8(truncatingIfNeeded: collection), count: bytes),
            isCompressed: false)
    }

    @Test func anEmptyQueueHasNothingToGive() {
        var queue = make()
        #expect(queue.isEmpty)
        #expect(queue.first == nil)
        queue.removeFirst()
        #expect((queue.points, queue.bytes) == (0, 0))
    }

    @Test func batchesLeaveInTheirOrder() {
        var queue = make(1000)
        for index in 1...200 { #expect(queue.enqueue(batch(UInt64(index))) == .init()) }
        for index in 1...200 {
            #expect(queue.first?.collection == UInt64(index))
            queue.removeFirst()
        }
        #expect(queue.isEmpty)
    }

    @Test func whatFitsExactlyStays() {
        var queue = make(10)
        #expect(queue.enqueue(batch(1, bytes: 5)).points == 0)
        #expect(queue.enqueue(batch(2, bytes: 5)).points == 0)
        #expect(queue.bytes == 10)
    }

    @Test func theOldestCollectionIsGivenUpWhole() {
        var queue = make(10)
        _ = queue.enqueue(batch(1, points: 3, bytes: 4))
        _ = queue.enqueue(batch(1, points: 4, bytes: 4))
        #expect(queue.enqueue(batch(2, points: 5, bytes: 3)).points == 7)
        #expect(queue.points == 5)
        #expect(queue.bytes == 3)
        #expect(queue.first?.collection == 2)
    }

    @Test func theNewestCollectionIsKeptHoweverLarge() {
        var queue = make(10)
        #expect(queue.enqueue(batch(1, points: 2, bytes: 100)).points == 0)
        #expect(queue.enqueue(batch(1, points: 3, bytes: 100)).points == 0)
        #expect(queue.points == 5)
        #expect(queue.enqueue(batch(2, bytes: 100)).points == 5)
        #expect(queue.points == 1)
    }

    @Test(arguments: [0, -1])
    func aLimitOfNothingKeepsTheNewest(limit: Int) {
        var queue = make(limit)
        _ = queue.enqueue(batch(1))
        #expect(queue.enqueue(batch(2)).points == 1)
        #expect(queue.first?.collection == 2)
    }

    @Test func whatWasSupersededIsNamed() {
        var queue = make(10)
        for collection in UInt64(1)...4 { _ = queue.enqueue(batch(collection, bytes: 2)) }
        #expect(
            queue.enqueue(batch(5, points: 9, bytes: 7)) == .init(points: 3, collections: 1...3))
        #expect(queue.first?.collection == 4)
    }

    /// Of the first batch a part is decided.
    @Test func theFirstIsKeptWhereItHasTo() {
        var queue = make(10)
        for collection in UInt64(1)...4 {
            _ = queue.enqueue(batch(collection, points: Int(collection), bytes: 2))
        }
        let superseded = queue.enqueue(batch(5, points: 5, bytes: 6), isFirstKept: true)
        #expect(superseded == .init(points: 5, collections: 2...3))
        #expect((queue.points, queue.bytes) == (10, 10))
        for collection in [1, 4, 5] as [UInt64] {
            #expect(queue.first?.collection == collection)
            queue.removeFirst()
        }
        #expect(queue.isEmpty)
        #expect(queue.enqueue(batch(6, bytes: 20), isFirstKept: true) == .init())
    }

    @Test(arguments: [0, -1, 4])
    func anEmptyQueueIsNotFull(limit: Int) {
        var queue = make(limit)
        #expect(!queue.isFull)
        _ = queue.enqueue(batch(1, bytes: 4))
        #expect(queue.isFull)
    }

    /// A queue as slow and simple as can be, beside the real one.
    @Test func noPointIsLostWithoutBeingCounted() {
        let seed: UInt64 = 31
        var random = SeededRandom(seed: seed)
        var queue = make(200)
        var model: [Batch] = []
        var collection: UInt64 = 0
        for _ in 0..<5000 {
            if random.oneIn(3) {
                queue.removeFirst()
                if !model.isEmpty { model.removeFirst() }
            } else {
                if random.oneIn(2) { collection += 1 }
                let next = batch(
                    collection, points: Int.random(in: 1...9, using: &random),
                    bytes: Int.random(in: 0...70, using: &random))
                let superseded = queue.enqueue(next).points
                model.append(next)
                var expected = 0
                while model.reduce(0, { $0 + $1.body.count }) > 200,
                    let oldest = model.first?.collection, oldest < collection
                {
                    expected += model.filter { $0.collection == oldest }.reduce(0) {
                        $0 + $1.points
                    }
                    model.removeAll { $0.collection == oldest }
                }
                #expect(superseded == expected, "seed \(seed)")
            }
            #expect(queue.first == model.first, "seed \(seed)")
            #expect(queue.points == model.reduce(0) { $0 + $1.points }, "seed \(seed)")
            #expect(queue.bytes == model.reduce(0) { $0 + $1.body.count }, "seed \(seed)")
        }
    }
}
