import CLimits
import Glibc
import Instruments
import Measuring
import OTelEmitter

/// What series cost in memory and time: a hundred counters of a thousand series with three string
/// attributes each.
@main
struct Memory {
    static let instruments = 100
    static let series = 1000
    static let count = Double(instruments * series)

    static func main() {
        guard let sink = Sink() else {
            print("no loopback socket can be opened")
            exit(2)
        }
        let routes = (0..<series).map { "/api/v1/resource/\($0 + 1000)" }
        let others = showCreation(routes)
        warmUp(sink)
        let before = residentBytes()
        let (emitter, counters) = make(sink)
        record(counters, routes)
        let recorded = residentBytes()
        let report = emitter.flush(timeout: .seconds(60))
        let exported = residentBytes()
        limit_malloc_trim()
        let trimmed = residentBytes()
        print("recorded \(report.totals.recorded), delivered \(report.totals.delivered)")
        show("bytes per series, recorded", Double(recorded - before) / count, 370)
        show("bytes per series, first export", Double(exported - before) / count, 600)
        show("the same, free memory given back", Double(trimmed - before) / count, 600)
        withExtendedLifetime((counters, others)) {}
        if report.totals.delivered < Int(count) { exit(1) }
    }

    /// Answers what was made: it stays alive, so that memory is new whenever some is taken.
    private static func showCreation(_ routes: [String]) -> [MeterProvider] {
        var providers: [MeterProvider] = []
        var (rounds, limits): ([ProcessorTime], [ProcessorTime]) = ([], [])
        for _ in 0..<5 {
            limits.append(ProcessorTime.measure { limit_fill_tables(Int64(instruments)) })
            let provider = MeterProvider()
            let counters = counters(provider.meter("memory"))
            rounds.append(ProcessorTime.measure { record(counters, routes) })
            providers.append(provider)
        }
        show("ns to create a series", rounds.map { $0.wall / count }.sorted()[2], 500)
        print("  median of \(list(rounds.map(\.wall)))")
        print("  of which the processor's \(list(rounds.map(\.processor)))")
        print("  limit in C, without clock and lock: \(list(limits.map(\.processor)))\n")
        return providers
    }

    private static func list(_ times: [Double]) -> String {
        times.sorted().map { "\(Int($0 / count))" }.joined(separator: " ")
    }

    private static func make(_ sink: Sink) -> (Emitter, [Counter<Int>]) {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.endpoint = Endpoint(exactly: sink.endpoint) ?? .standard
        configuration.exportInterval = .seconds(3600)
        let emitter = Emitter(configuration)
        return (emitter, counters(emitter.meter("memory")))
    }

    private static func counters(_ meter: Meter) -> [Counter<Int>] {
        (0..<instruments).map { meter.counter("counter\($0)") }
    }

    private static func record(_ counters: [Counter<Int>], _ routes: [String]) {
        for counter in counters {
            for route in routes {
                counter.add(
                    1, "http.request.method", "GET", "http.route", route,
                    "http.response.status_code", "200")
            }
        }
    }

    /// What is needed once in a process is not counted to the series.
    private static func warmUp(_ sink: Sink) {
        let (emitter, counters) = make(sink)
        counters[0].add(1, "a", "b")
        _ = emitter.shutdown(timeout: .seconds(10))
    }

    private static func show(_ name: String, _ value: Double, _ limit: Double) {
        let name = name + String(repeating: " ", count: 36 - name.count)
        print(
            "\(name) \(Int(value.rounded()))  at most \(Int(limit))  \(value <= limit ? "met" : "MISSED")"
        )
    }

    /// What the process holds in memory, by /proc/self/statm.
    private static func residentBytes() -> Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var buffer = [CChar](repeating: 0, count: 128)
        guard fgets(&buffer, 128, file) != nil else { return 0 }
        let text = String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
    }
}
