import Glibc
import Instruments
import Synchronization
import TestSupport
import Testing

/// A process that forks while its threads record: the child goes on recording.
@Suite struct ForkTests {
    private static let children = 200

    /// Swift's runtime has locks of its own that a child may find taken (seen under the thread
    /// sanitizer and on an overloaded machine), so this runs on request only.
    @Test(.enabled(if: getenv("OTEL_EMITTER_FORK_TEST") != nil, "set OTEL_EMITTER_FORK_TEST=1"))
    func childrenOfABusyProcessRecordAndCollect() async {
        await #expect(processExitsWith: .success) {
            let provider = MeterProvider(
                histogramAggregation: .exponentialBuckets(), cardinalityLimit: 50,
                exemplarFilter: .alwaysOn)
            let plain = MeterProvider(cardinalityLimit: 10)
            let meter = provider.meter("m")
            let counter = meter.counter("c", of: Int.self)
            let histogram = plain.meter("m").histogram("h", of: Double.self)
            let isOver = Atomic(false)
            for thread in 0..<4 {
                // Ends with the process.
                _ = Background {
                    var round: Int64 = 0
                    while !isOver.load(ordering: .relaxed) {
                        round += 1
                        counter.add(1, ["thread": .int(Int64(thread)), "k": .int(round % 20)])
                        histogram.record(1, ["k": .int(round % 20)])
                        guard thread == 0 else { continue }
                        _ = provider.meter("m\(round % 5)").gauge("g", of: Int.self)
                    }
                }
            }
            var outcome: [ForkedChild.Outcome: Int] = [:]
            for _ in 0..<ForkTests.children {
                let ended = ForkedChild.run(limit: .seconds(20)) {
                    for index in 0..<20 {
                        counter.add(1, ["thread": 1, "k": 1])
                        counter.add(1, ["child": .int(Int64(index))])
                        histogram.record(1, ["child": .int(Int64(index))])
                    }
                    provider.meter("child").counter("new", of: Int.self).add(1, ["a": 1])
                    let hasCounted = provider.collect().metric("c", scope: "m") != nil
                    return hasCounted && plain.collect().metric("h", scope: "m") != nil
                }
                outcome[ended, default: 0] += 1
                if outcome[.hung, default: 0] > 3 { break }
            }
            isOver.store(true, ordering: .relaxed)
            #expect(outcome == [.succeeded: ForkTests.children])
        }
    }
}
