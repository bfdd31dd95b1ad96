import Instruments

/// The data that the peers were measured with: 10 counters of 1,000 series and a histogram with 16
/// buckets of 1,000 series, three string attributes each.
struct Workload {
    static let counters = 10
    static let series = 1000
    static let points = (counters + 1) * series

    /// Records values for all series.
    static func record(_ meter: Meter) {
        let routes = (0..<series).map {
            "/api/v1/resource/" + String(String(10_000 + $0).dropFirst())
        }
        for index in 0..<counters {
            let counter = meter.counter("http.server.requests.\(index)", unit: "{request}")
            for (place, route) in routes.enumerated() {
                counter.add(
                    1000 + place * 7 + index, "http.request.method", "GET", "http.route", route,
                    "http.response.status_code", "200")
            }
        }
        let histogram = meter.histogram(
            "http.server.request.duration", unit: "ms",
            boundaries: [
                0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000,
            ])
        var random: UInt32 = 12345
        for route in routes {
            for _ in 0..<100 {
                random = random &* 1_664_525 &+ 1_013_904_223
                // Whole milliseconds and halves: sums of real ones have few digits or many.
                histogram.record(
                    Double(random >> 16) * (1000.0 / 65536.0), "http.request.method", "GET",
                    "http.route", route, "http.response.status_code", "200")
            }
        }
    }
}
