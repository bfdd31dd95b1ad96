import TestSupport
import Testing

@testable import Instruments

@Suite struct GaugeCellTests {
    private func make() throws -> OwnedCell { try #require(OwnedCell(words: GaugeCell.words)) }

    @Test func aFreshCellHasNoUpdates() throws {
        #expect(GaugeCell.read(at: try make().offset) == (0, 0))
    }

    @Test func updatesAreCountedAndTheLastBitsStay() throws {
        let cell = try make()
        GaugeCell.record(.max, at: cell.offset)
        GaugeCell.record(17, at: cell.offset)
        #expect(GaugeCell.read(at: cell.offset) == (17, 2))
    }

    @Test func everyUpdateOfManyThreadsIsCountedAndOneOfTheirValuesStays() throws {
        let cell = try make()
        Threads.run(16) { index in
            for _ in 0..<1000 { GaugeCell.record(UInt64(index), at: cell.offset) }
        }
        let (bits, updates) = GaugeCell.read(at: cell.offset)
        #expect(updates == 16_000)
        #expect(bits < 16)
    }
}
