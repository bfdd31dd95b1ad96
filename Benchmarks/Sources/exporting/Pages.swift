import CExportLimits
import Instruments
import OTelEmitter

/// Writing pages for Prometheus, beside what C takes for the same lines.
struct Pages {
    private static let capacity = 32 << 20
    private static let families = 2000

    func measure() {
        let provider = MeterProvider(resource: Resource(["service.name": "benchmark"]))
        Workload.record(provider.meter("benchmark"))
        let snapshot = provider.collect()
        let text = PrometheusText()
        let limit = measureLimit()
        for (name, accept) in [
            ("text 0.0.4", "text/plain"), ("OpenMetrics 1.0", "application/openmetrics-text"),
        ] {
            let size = text.page(of: snapshot, accept: accept).body.count
            let time = Clock.milliseconds { _ = text.page(of: snapshot, accept: accept) }
            Table.show("page, \(name), \(size) bytes, ms", time)
            Table.show("page / C page", time / limit, limit: 2)
        }
        measureFamilies(text)
    }

    /// Many metrics of one point each: names are made anew for each page. Beside it the time to
    /// collect the same metrics.
    private func measureFamilies(_ text: PrometheusText) {
        let provider = MeterProvider(resource: Resource(["service.name": "benchmark"]))
        let meter = provider.meter("benchmark")
        for index in 0..<Self.families {
            meter.counter("shop.orders.kind\(index)", unit: "By").add(1, ["country": "DE"])
        }
        let collection = Clock.milliseconds { _ = provider.collect() }
        let snapshot = provider.collect()
        let time = Clock.milliseconds { _ = text.page(of: snapshot, accept: nil) }
        let microseconds = 1000 / Double(Self.families)
        Table.show("limit: collecting \(Self.families) metrics, µs each", collection * microseconds)
        Table.show("page of \(Self.families) metrics, µs each", time * microseconds)
        Table.show("page / collecting", time / collection, limit: 4)
    }

    /// Milliseconds of C, with labels that are rendered beforehand. A page is given away: its memory
    /// is fresh for C, too.
    private func measureLimit() -> Double {
        guard let page = limit_page_make(Int32(Workload.counters), Int32(Workload.series)) else {
            return .infinity
        }
        var written = 0
        let time = Clock.milliseconds {
            let target = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.capacity)
            written = limit_page_write(page, target, Self.capacity)
            target.deallocate()
        }
        Table.show("limit: C page, \(written) bytes, ms", time)
        return time
    }
}
