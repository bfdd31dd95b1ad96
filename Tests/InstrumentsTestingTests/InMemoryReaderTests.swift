import Instruments
import InstrumentsTesting
import Testing

@Suite struct InMemoryReaderTests {
    private let reader = InMemoryReader()

    private var meter: Meter { reader.provider.meter("shop") }

    @Test func valuesAreThoseOfTheInstruments() {
        meter.counter("orders").add(2, ["country": "DE"])
        meter.gauge("level").record(0.5)
        meter.histogram("size").record(3)
        #expect(reader.value("orders", ["country": "DE"]) == .int(2))
        #expect(reader.value("orders") == nil)
        #expect(reader.value("level") == .double(0.5))
        #expect(reader.histogram("size")?.sum == 3)
        #expect(reader.exponentialHistogram("size") == nil)
        #expect(reader.attributeSets("orders") == [["country": "DE"]])
        #expect(reader.metric("unknown") == nil)
    }

    @Test func exponentialHistogramsAreFound() {
        let reader = InMemoryReader(
            MeterProvider(histogramAggregation: .exponentialBuckets()))
        reader.provider.meter("m").histogram("h").record(2)
        #expect(reader.exponentialHistogram("h")?.count == 1)
        #expect(reader.histogram("h") == nil)
    }

    @Test func askingDisturbsNothing() {
        let counter = meter.counter("orders")
        counter.add(1)
        #expect(reader.value("orders") == reader.value("orders"))
        counter.add(1)
        #expect(reader.value("orders") == .int(2))
    }
}
