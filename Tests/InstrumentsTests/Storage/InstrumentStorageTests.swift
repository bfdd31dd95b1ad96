import TestSupport
import Testing

@testable import Instruments

@Suite struct InstrumentStorageTests {
    private func make(
        _ kind: InstrumentKind = .counter, number: NumberKind = .integer, views: [View] = [],
        limit: Int = 10, boundaries: [Double]? = nil
    ) -> InstrumentStorage {
        let descriptor = InstrumentDescriptor(
            name: "i", kind: kind, unit: "u", description: "d", number: number)
        var resolver = StreamResolver(
            .make(views: views, limit: limit), InstrumentationScope(name: "m"), descriptor,
            InstrumentAdvice(boundaries: boundaries))
        return InstrumentStorage(descriptor, streams: resolver.streams())
    }

    @Test func theCellWithoutAttributesIsThatOfTheEmptySet() throws {
        let storage = make()
        let series = try #require(storage.direct?.series(.empty))
        #expect(storage.unnamedOffset == series.cell.offset)
        #expect(storage.unnamedOffset == series.cell.offset)
    }

    @Test func beyondTheLimitTheCellWithoutAttributesIsTheOverflows() throws {
        let storage = make(limit: 1)
        let stream = try #require(storage.direct)
        _ = stream.series(["k": 1])
        let offset = storage.unnamedOffset
        #expect(stream.series(SeriesTable.overflowAttributes)?.cell.offset == offset)
        #expect(stream.table.refusedSets == 1)
    }

    @Test func refusedValuesAreDroppedAndCounted() {
        let storage = make()
        storage.record(.int(-1), .empty)
        storage.record(.int(-1), in: [nil], .empty)
        storage.record(.int(1), in: [nil], .empty)
        #expect(storage.droppedMeasurements == 3)
        let doubles = make(.upDownCounter, number: .double)
        doubles.record(.double(.nan), .empty)
        doubles.record(.double(-1), .empty)
        #expect(doubles.droppedMeasurements == 1)
    }

    @Test func dropsOfManyThreadsAreAllCounted() {
        let storage = make()
        Threads.run(8) { _ in
            for _ in 0..<1000 { storage.record(.int(-1), .empty) }
        }
        #expect(storage.droppedMeasurements == 8000)
    }

    @Test func anInstrumentThatViewsDropIsDisabledAndCountsNothing() {
        let storage = make(views: [View(.init(), aggregation: .drop)])
        #expect(!storage.isEnabled)
        storage.record(.int(-1), .empty)
        storage.record(.int(1), .empty)
        #expect(storage.unnamedOffset == Cell.noOffset)
        #expect(storage.droppedMeasurements == 0)
    }

    @Test func severalStreamsAreNeverWrittenDirectly() {
        let storage = make(views: [View(.init()), View(.init(), name: "second")])
        #expect(storage.streams.count == 2)
        #expect(storage.unnamedOffset == Cell.noOffset)
    }
}
