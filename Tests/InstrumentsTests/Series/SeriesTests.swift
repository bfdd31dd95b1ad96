import Testing

@testable import Instruments

@Suite struct SeriesTests {
    private func make(creation: UInt64 = 100) throws -> Series {
        try #require(Series.make(creation: creation))
    }

    @Test func aSilentSeriesHasNoStart() throws {
        #expect(try make().startTime(updates: 0, previousCollection: 500) == nil)
    }

    @Test func aSeriesOlderThanTheLastCollectionBeganThen() throws {
        #expect(try make().startTime(updates: 1, previousCollection: 500) == 500)
    }

    @Test func aSeriesYoungerThanTheLastCollectionBeganWhenItWasMade() throws {
        #expect(try make().startTime(updates: 1, previousCollection: 50) == 100)
    }

    @Test func theStartStays() throws {
        let series = try make()
        #expect(series.startTime(updates: 1, previousCollection: 500) == 500)
        #expect(series.startTime(updates: 9, previousCollection: 900) == 500)
        series.declareBaseline()
        #expect(series.startTime(updates: 9, previousCollection: 900) == 500)
    }

    @Test func aBaselineBeganWhenItWasMade() throws {
        let series = try make()
        series.declareBaseline()
        #expect(series.startTime(updates: 0, previousCollection: 500) == 100)
    }

    @Test func aLifeLastsFromItsBeginningToItsEnd() throws {
        let series = try make()
        #expect(series.life == nil)
        series.restart(at: 200)
        let first = try #require(series.life)
        #expect(series.isStill(inLife: first))
        series.end()
        #expect(series.life == nil && !series.isStill(inLife: first))
        series.restart(at: 300)
        #expect(series.life != nil && !series.isStill(inLife: first))
    }
}
