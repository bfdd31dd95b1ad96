import CProbe
import Instruments
import Synchronization

/// A million threads are born, record and die.
enum ThreadsScenario {
    static let scenario = Scenario(
        name: "threads",
        claim: "of a million short threads every record counts, and memory stays flat", run: run)

    /// Threads at full scale.
    private static let threads = 1_000_000
    /// Threads before memory is looked at for the first time.
    private static let warmUp = 4000
    /// What memory may grow by between the first thousands and the last: 4 MiB.
    private static let budget = 4 << 20
    private static let slots = (0..<16).map { "slot-\($0)" }

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        let provider = MeterProvider()
        let meter = provider.meter("endurance")
        let recorder = Recorder(meter)
        // More than there are blocks, so that some have to share.
        let atOnce = Process.cores * 4 + 4
        recorder.runThreads(warmUp, atOnce)
        let before = Process.residentBytes
        recorder.runThreads(max(conditions.count(threads) - warmUp, atOnce), atOnce)
        let after = Process.residentBytes
        let count = recorder.tickets
        let blocks = Int(probe_cell_blocks())
        findings.note("threads", count)
        findings.note("at once", atOnce)
        findings.note("blocks", blocks)
        findings.claimFlat(from: before, to: after, budget: budget)
        findings.claim(blocks <= Process.cores * 4 + 1, "there are \(blocks) blocks")
        check(provider.collect(), count, &findings)
    }

    private static func check(
        _ snapshot: MetricsSnapshot, _ count: Int, _ findings: inout Findings
    ) {
        findings.claimEqual("the bound counter", snapshot.numbers("bound").total, count)
        let free = snapshot.numbers("free")
        findings.claimEqual("the sum over all sets", free.total, count)
        findings.claimEqual("the number of sets", free.count, min(slots.count, count))
        for (index, slot) in slots.enumerated() {
            let seen = free.first { $0.attributes["slot"] == .string(slot) }?.value.integer
            let expected = (count + slots.count - 1 - index) / slots.count
            findings.claimEqual("the count of \(slot)", seen, expected)
        }
        let histogram = snapshot.histograms("histogram").first
        findings.claimEqual("the histogram's count", histogram?.count, UInt64(count))
        findings.claimEqual(
            "the sum of its buckets", histogram?.bucketCounts.reduce(0, +), UInt64(count))
        let sum = (0..<count).reduce(0) { $0 + $1 % Recorder.values }
        findings.claimEqual("its sum", histogram?.sum, Double(sum))
    }

    /// What each thread does once.
    private final class Recorder: Sendable {
        static let values = 100
        private let bound: BoundCounter<Int>
        private let free: Counter<Int>
        private let histogram: Histogram<Int>
        private let taken = Atomic(0)

        init(_ meter: Meter) {
            bound = meter.counter("bound").bind(["kind": "bound"])
            free = meter.counter("free")
            histogram = meter.histogram("histogram", of: Int.self)
        }

        var tickets: Int { taken.load(ordering: .relaxed) }

        func runThreads(_ count: Int, _ atOnce: Int) {
            var rest = count
            while rest > 0 {
                Threads.run(min(atOnce, rest)) { [self] _ in record() }
                rest -= atOnce
            }
        }

        private func record() {
            let ticket = taken.wrappingAdd(1, ordering: .relaxed).oldValue
            bound.add(1)
            histogram.record(ticket % Self.values)
            free.add(1, "slot", slots[ticket % slots.count])
        }
    }
}
