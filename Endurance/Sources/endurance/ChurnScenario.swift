import Instruments
import Synchronization

/// Series come, go and come back while everything else goes on.
enum ChurnScenario {
    static let scenario = Scenario(
        name: "churn",
        claim: "series are made, removed, revived and collected at once; every add is in one delta;"
            + " without collections memory is flat",
        run: run)

    private static let threads = 16
    /// Lives of series at full scale, over all threads.
    private static let lives = 200_000
    /// Lives of series that nobody collects, at full scale.
    private static let unreadLives = 1_000_000
    /// Fewer than there are series at once, so that some have to share the overflow point.
    private static let limit = 20
    /// What memory may grow by after the first tenth: 4 MiB.
    private static let budget = 4 << 20

    private static func run(_ conditions: Conditions, _ findings: inout Findings) {
        let provider = MeterProvider(cardinalityLimit: limit)
        let ledger = DeltaLedger(provider)
        let counter = provider.meter("endurance").counter("churn")
        let histogram = provider.meter("endurance").histogram("churned", of: Int.self)
        let share = conditions.count(lives) / threads + 1
        let added = Atomic(0)
        let records = Atomic(0)
        let work = { @Sendable (part: Int, lives: Int) in
            Threads.run(threads) { thread in
                var random = SeededRandom(seed: conditions.seed &+ UInt64(part * threads + thread))
                for life in 0..<lives {
                    let sum = Self.live(
                        thread, life, counter, histogram, ledger, &random)
                    added.wrappingAdd(sum.added, ordering: .relaxed)
                    records.wrappingAdd(sum.records, ordering: .relaxed)
                }
            }
        }
        work(0, share / 10 + 1)
        let before = Process.residentBytes
        work(1, share)
        let after = Process.residentBytes
        ledger.collect()
        findings.note("lives", (share / 10 + 1 + share) * threads)
        findings.note("collections", ledger.collections)
        findings.note("added", added.load(ordering: .relaxed))
        findings.claimFlat(from: before, to: after, budget: budget)
        findings.claimEqual("the sum of deltas", ledger.sum, added.load(ordering: .relaxed))
        findings.claimEqual(
            "the count of deltas", ledger.count, UInt64(records.load(ordering: .relaxed)))
        findings.claim(ledger.faults == 0, "\(ledger.faults) deltas were negative")
        churnWithoutCollections(conditions, &findings)
    }

    /// Ever new sets come and go, and nobody ever collects.
    private static func churnWithoutCollections(
        _ conditions: Conditions, _ findings: inout Findings
    ) {
        let counter = MeterProvider(cardinalityLimit: limit).meter("endurance").counter("unread")
        let lives = conditions.count(unreadLives)
        func live(_ numbers: Range<Int>) {
            for number in numbers {
                let key: AttributeSet = ["life": .int(Int64(number))]
                counter.add(1, key)
                counter.remove(key)
            }
        }
        live(0..<lives / 10)
        let before = Process.residentBytes
        live(lives / 10..<lives)
        findings.note("lives without a collection", lives)
        findings.claimFlat(from: before, to: Process.residentBytes, budget: budget)
    }

    /// One life of a series: made, recorded into, removed, and written to again through a handle.
    ///
    /// Nobody else uses this set, and it is removed right after a collection that has seen all of
    /// it: what is added between a collection and a removal is forgotten, as the removal asks for.
    private static func live(
        _ thread: Int, _ life: Int, _ counter: Counter<Int>, _ histogram: Histogram<Int>,
        _ ledger: DeltaLedger, _ random: inout SeededRandom
    ) -> (added: Int, records: Int) {
        let name = "thread-\(thread)"
        let key: AttributeSet = ["who": .string(name), "life": .int(Int64(life % 3))]
        let bound = counter.bind(key)
        var sum = (added: 0, records: 0)
        for _ in 0..<2 {
            for _ in 0..<(1 + random.below(4)) {
                let amount = random.below(100)
                if random.oneIn(2) {
                    bound.add(amount)
                } else {
                    counter.add(amount) {
                        $0.set("life", life % 3)
                        $0.set("who", name)
                    }
                }
                histogram.record(amount, key)
                sum = (sum.added + amount, sum.records + 1)
            }
            if random.oneIn(4) {
                // What this thread alone has written is in the ledger now.
                ledger.collect()
                counter.remove(key)
                histogram.remove(key)
            }
        }
        return sum
    }
}

/// Adds up what each collection finds beyond the one before.
final class DeltaLedger: Sendable {
    private let provider: MeterProvider
    private let state = Mutex(State())

    private struct State {
        var previous: MetricsSnapshot?
        var sum = 0
        var count: UInt64 = 0
        var collections = 0
        var faults = 0
    }

    init(_ provider: MeterProvider) {
        self.provider = provider
    }

    /// Collections take turns, so that each delta begins where the last one ended.
    func collect() {
        state.withLock { state in
            let snapshot = provider.collect()
            let delta = snapshot.delta(since: state.previous)
            let numbers = delta.numbers("churn")
            state.faults += numbers.count { $0.value.integer < 0 }
            state.sum += numbers.total
            state.count += delta.histograms("churned").reduce(0) { $0 + $1.count }
            state.collections += 1
            state.previous = snapshot
        }
    }

    var sum: Int { state.withLock { $0.sum } }
    var count: UInt64 { state.withLock { $0.count } }
    var collections: Int { state.withLock { $0.collections } }
    var faults: Int { state.withLock { $0.faults } }
}
