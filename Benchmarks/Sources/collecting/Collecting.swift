import CLimits
import Instruments
import Measuring

/// What a collection of 11,000 points costs: ten counters and a histogram of 16 buckets, each of a
/// thousand series with three string attributes.
@main
struct Collecting {
    static let counters = 10
    static let series = 1000
    static let rounds = 200

    static func main() {
        let provider = MeterProvider()
        measure(provider.meter("collecting"))
        var snapshot: MetricsSnapshot?
        let first = ProcessorTime.measure { snapshot = provider.collect() }
        guard snapshot?.pointCount == (counters + 1) * series else { return print("points lost") }
        var collections: [ProcessorTime] = []
        var releases: [ProcessorTime] = []
        var limits: [ProcessorTime] = []
        for _ in 0..<rounds {
            limits.append(ProcessorTime.measure { limit_copy_points(1) })
            var next: MetricsSnapshot?
            collections.append(ProcessorTime.measure { next = provider.collect() })
            releases.append(ProcessorTime.measure { snapshot = next })
        }
        print("11,000 points, microseconds: median (from, to) of \(rounds)\n")
        show("limit: plain structs copied in C", limits)
        show("a collection", collections, atMost: 900)
        show("letting go of a snapshot", releases)
        show("the first collection, which sorts", [first])
        withExtendedLifetime(snapshot) {}
    }

    private static func measure(_ meter: Meter) {
        let histogram = meter.histogram("histogram")
        let counters = (0..<counters).map { meter.counter("counter\($0)") }
        for index in 0..<series {
            // Not in the order of output.
            let attributes: AttributeSet = [
                "http.request.method": "GET",
                "http.route": .string("/api/v1/resource/\(index * 389 % series + 1000)"),
                "http.response.status_code": "200",
            ]
            for counter in counters { counter.add(index, attributes) }
            for value in [1.0, 30, 80, 600, 3000, 20000] { histogram.record(value, attributes) }
        }
    }

    private static func show(_ name: String, _ times: [ProcessorTime], atMost limit: Int? = nil) {
        let wall = list(times.map(\.wall))
        let processor = list(times.map(\.processor))
        print("\(name)\n  wall \(wall.text), the processor's \(processor.text)")
        if let limit {
            print("  at most \(limit)  \(wall.median <= limit ? "met" : "MISSED")")
        }
    }

    private static func list(_ times: [Double]) -> (median: Int, text: String) {
        let sorted = times.sorted().map { Int($0 / 1000) }
        let median = sorted[sorted.count / 2]
        return (median, "\(median) (\(sorted[0]), \(sorted[sorted.count - 1]))")
    }
}
