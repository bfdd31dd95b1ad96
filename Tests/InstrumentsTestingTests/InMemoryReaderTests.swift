import Instruments
import InstrumentsTesting
import Synchronization
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

    /// A8.16
    @Test func aReaderOfDifferencesGivesWhatCameSinceItsLastCollection() throws {
        let reader = InMemoryReader(temporality: .delta)
        let meter = reader.provider.meter("m")
        let (counter, level) = (meter.counter("c"), meter.upDownCounter("u"))
        counter.add(2)
        level.add(5)
        #expect(reader.collect().pointCount == 2)
        #expect(reader.collect().pointCount == 1)
        counter.add(3)
        // Questions end no interval.
        try reader.expect("c", is: 3)
        try reader.expect("c", is: 3)
        try reader.expect("u", is: 5)
        let last = reader.collect()
        guard case .sum(let points, _, .delta)? = last.metric("c", scope: "m")?.data else {
            Issue.record("no difference")
            return
        }
        #expect(points.map(\.value) == [.int(3)])
        try reader.expectSilence("c")
        // Another reader of the same provider has its own interval.
        try InMemoryReader(reader.provider).expect("c", is: 5)
        try InMemoryReader(reader.provider, temporality: .lowMemory).expect("c", is: 5)
    }

    /// A4.11, K1: what a callback collects is nothing to its own instrument.
    @Test func aCollectionInsideACallbackEndsNoIntervalOfObservables() {
        let provider = MeterProvider()
        let reader = InMemoryReader(provider, temporality: .delta)
        let holder = Mutex<InMemoryReader?>(reader)
        let runs = Atomic(0)
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            let run = runs.wrappingAdd(1, ordering: .relaxed).newValue
            if run == 2 { _ = holder.withLock { $0 }?.collect() }
            observer.observe(100 + run)
        }
        var differences: [Number] = []
        for _ in 0..<4 {
            if case .sum(let points, _, _)? = reader.collect().metric("c", scope: "m")?.data {
                differences += points.map(\.value)
            }
        }
        #expect(differences == [.int(101), .int(1), .int(1), .int(1)])
        holder.withLock { $0 = nil }
    }
}
