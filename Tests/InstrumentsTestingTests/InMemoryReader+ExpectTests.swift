import Instruments
import InstrumentsTesting
import Testing

@Suite struct InMemoryReaderExpectTests {
    private let reader = InMemoryReader()

    private var meter: Meter { reader.provider.meter("shop") }

    private func text(_ body: () throws(MetricMismatch) -> Void) -> String? {
        do throws(MetricMismatch) {
            try body()
            return nil
        } catch {
            return error.description
        }
    }

    @Test func whatIsAsExpectedThrowsNothing() {
        meter.counter("orders").add(2, ["country": "DE"])
        meter.gauge("level").record(0.5)
        meter.histogram("size").record(3)
        #expect(
            text { () throws(MetricMismatch) in
                try reader.expect("orders", ["country": "DE"], is: 2)
                try reader.expect("level", is: 0.5)
                try reader.expect("size", hasRecords: 1)
                try reader.expectSilence("orders")
            } == nil)
    }

    @Test func theTextSaysWhatIsThereInstead() {
        meter.counter("orders").add(2, ["country": "DE", "express": true])
        #expect(
            text { () throws(MetricMismatch) in try reader.expect("orders", is: 2) }
                == "orders {} should be int(2), but is silent; there is data for "
                + "{country=\"DE\", express=true}")
        #expect(
            text { () throws(MetricMismatch) in
                try reader.expect("orders", ["country": "DE", "express": true], is: 3)
            }
                == "orders {country=\"DE\", express=true} should be int(3), but is int(2)")
        #expect(
            text { () throws(MetricMismatch) in try reader.expect("refunds", is: 1) }
                == "refunds {} should be int(1), but is silent; the metric has no data")
        #expect(
            text { () throws(MetricMismatch) in try reader.expect("orders", hasRecords: 1) } != nil)
        #expect(
            text { () throws(MetricMismatch) in
                try reader.expectSilence("orders", ["country": "DE", "express": true])
            } != nil)
    }
}
