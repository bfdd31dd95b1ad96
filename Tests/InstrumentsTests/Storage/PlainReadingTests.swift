import TestSupport
import Testing

@testable import Instruments

@Suite struct PlainReadingTests {
    private let provider = MeterProvider.make(
        histogramAggregation: .explicitBuckets(bounds: [1, 10]))
    private var meter: Meter { provider.meter("m") }

    private func stream(_ storage: InstrumentStorage) throws -> MetricStream {
        try #require(storage.streams.first)
    }

    /// More series than are loaded ahead, measured by two threads.
    @Test(arguments: [1, 2, 7, 8, 9, 17, 100])
    func cellsReadAtOnceGiveWhatEachOfThemGives(count: Int) throws {
        let counter = meter.counter("c", of: Double.self)
        let sums = meter.upDownCounter("u")
        let gauge = meter.gauge("g")
        let levels = meter.gauge("l", of: Int.self)
        let histogram = meter.histogram("h")
        Threads.run(2) { thread in
            for index in 0..<count {
                let attributes: AttributeSet = ["k": .int(Int64(index))]
                counter.add(Double(index) + 0.5, attributes)
                sums.add(-index, attributes)
                gauge.record(Double(index) / 3, attributes)
                levels.record(index, attributes)
                histogram.record(Double(index), attributes)
            }
        }
        for storage in [counter.storage, sums.storage, gauge.storage, levels.storage] {
            let stream = try stream(storage)
            let series = stream.table.sortedSeries()
            var updates: [UInt64] = []
            let points = try #require(stream.reading.plain.numbers(series, 0, &updates))
            #expect(updates.count == points.count)
            #expect(points.map(\.attributes) == series.map(\.attributes))
            for (index, (point, series)) in zip(points, series).enumerated() {
                let (reading, start) = try #require(stream.reading.current(series, 0))
                #expect(point.start == start)
                #expect(updates[index] == reading.updates)
                switch point.value {
                case .int(let value): #expect(UInt64(bitPattern: value) == reading.bits)
                case .double(let value): #expect(value.bitPattern == reading.bits)
                }
            }
        }
        let points = try #require(provider.collected("h")?.data.histograms)
        #expect(points.count == count)
        #expect(points.allSatisfy { $0.count == 2 && $0.minimum == $0.maximum })
    }

    private func plainNumbers(of stream: MetricStream, _ series: [Series]) -> [NumberPoint]? {
        var updates: [UInt64] = []
        return stream.reading.plain.numbers(series, 0, &updates)
    }

    @Test func silentAndEndedSeriesAreLeftOut() throws {
        let counter = meter.counter("c")
        let (silent, gone) = (counter.bind(["k": 1]), counter.bind(["k": 2]))
        counter.declareZero(["k": 3])
        gone.add(1)
        let stream = try stream(counter.storage)
        let listed = stream.table.sortedSeries()
        counter.remove(["k": 2])
        #expect(plainNumbers(of: stream, listed)?.map(\.attributes) == [["k": 3]])
        withExtendedLifetime((silent, gone)) {}
    }

    @Test func whereASeriesHasComeBackTheCellsDoNotTellAll() throws {
        let counter = meter.counter("c")
        let bound = counter.bind(["k": 1])
        bound.add(5)
        counter.remove(["k": 1])
        bound.add(2)
        #expect(provider.collected("c")?.values == [.int(2)])
        let stream = try stream(counter.storage)
        #expect(plainNumbers(of: stream, stream.table.sortedSeries()) == nil)
    }

    @Test func whereTheOverflowHoldsMoreThanItsCellTheCellsDoNotTellAll() throws {
        let provider = MeterProvider.make(cardinalityLimit: 1)
        let counter = provider.meter("m").counter("c")
        let bound = counter.bind(["k": 1])
        counter.remove(["k": 1])
        counter.add(1, ["k": 2])
        bound.add(7)
        let overflow = SeriesTable.overflowAttributes
        #expect(provider.collected("c")?.value(overflow) == .int(7))
        let stream = try stream(counter.storage)
        #expect(plainNumbers(of: stream, stream.table.sortedSeries()) == nil)
        withExtendedLifetime(bound) {}
    }

    @Test func aSeriesThatEndsMeanwhileMakesThemReadOneByOne() throws {
        let counter = meter.counter("c")
        counter.add(1, ["k": 1])
        let table = try stream(counter.storage).table
        #expect(table.readingPlainly { 1 } == 1)
        #expect(table.readingPlainly { counter.remove(["k": 1]) } == nil)
        #expect(table.readingPlainly { counter.add(1, ["k": 2]) } != nil)
    }

    @Test func whereExemplarsAreKeptEachSeriesIsLookedAtByItself() throws {
        let provider = MeterProvider.make(exemplarFilter: .alwaysOn)
        let counter = provider.meter("m").counter("c")
        counter.add(1)
        let stream = try stream(counter.storage)
        #expect(plainNumbers(of: stream, stream.table.sortedSeries()) == nil)
        #expect(provider.collected("c")?.point()?.exemplars.count == 1)
    }
}
