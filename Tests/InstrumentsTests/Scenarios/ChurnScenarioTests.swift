import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Everything at once: series are recorded into, made, removed and collected by many threads.
@Suite struct ChurnScenarioTests {
    /// What each collection finds beyond the one before, added up.
    private final class Ledger: Sendable {
        private let provider: MeterProvider
        private let state = Mutex(State())

        private struct State {
            var previous: MetricsCollection?
            var sum: Int64 = 0
            var count: UInt64 = 0
        }

        init(_ provider: MeterProvider) {
            self.provider = provider
        }

        func collect() {
            state.withLock { state in
                let snapshot = provider.collection()
                let delta = snapshot.delta(since: state.previous)
                for case .int(let value) in delta.metric("c", scope: "m")?.values ?? [] {
                    #expect(value >= 0)
                    state.sum += value
                }
                for point in delta.metric("h", scope: "m")?.data.histograms ?? [] {
                    #expect(point.count == point.bucketCounts.reduce(0, +))
                    state.count += point.count
                }
                state.previous = snapshot
            }
        }

        var sum: Int64 { state.withLock { $0.sum } }
        var count: UInt64 { state.withLock { $0.count } }
    }

    /// No add is lost and none is counted twice. Each thread removes only what it alone writes to,
    /// once a collection has seen it all: what is added between the two is forgotten on purpose.
    @Test func k4_sixteenThreadsRecordMakeRemoveAndCollectAtOnce() {
        let provider = MeterProvider.make(cardinalityLimit: 20)
        let meter = provider.meter("m")
        let (counter, histogram) = (meter.counter("c"), meter.histogram("h", of: Int.self))
        let ledger = Ledger(provider)
        let added = Atomic<Int64>(0)
        let records = Atomic<UInt64>(0)
        let seed: UInt64 = 21
        Threads.run(16) { thread in
            var random = SeededRandom(seed: seed &+ UInt64(thread))
            for life in 0..<25 {
                let key: AttributeSet = [
                    "thread": .int(Int64(thread)), "life": .int(Int64(life % 2)),
                ]
                let bound = counter.bind(key)
                for _ in 0..<2 {
                    for _ in 0..<Int.random(in: 1...4, using: &random) {
                        let amount = Int.random(in: 0..<100, using: &random)
                        if random.oneIn(2) { bound.add(amount) } else { counter.add(amount, key) }
                        histogram.record(amount, key)
                        added.wrappingAdd(Int64(amount), ordering: .relaxed)
                        records.wrappingAdd(1, ordering: .relaxed)
                    }
                    guard random.oneIn(3) else { continue }
                    ledger.collect()
                    counter.remove(key)
                    histogram.remove(key)
                }
            }
        }
        ledger.collect()
        #expect(ledger.sum == added.load(ordering: .relaxed), "seed \(seed)")
        #expect(ledger.count == records.load(ordering: .relaxed), "seed \(seed)")
    }

    /// Removal beside writers of the same series: nothing is used after it was freed, and what is
    /// seen of a series never falls within one start.
    @Test func k4_aSeriesMayBeRemovedUnderItsWriters() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        let isOver = Atomic(false)
        let writers = Threads.start {
            Threads.run(4) { thread in
                let keys = (0..<8).map { AttributeSet([Attribute("k", .int(Int64($0)))]) }
                var step = thread
                while !isOver.load(ordering: .relaxed) {
                    let key = keys[step % keys.count]
                    if step % 3 == 0 { counter.bind(key).add(1) } else { counter.add(1, key) }
                    if step % 7 == 0 { counter.remove(key) }
                    step += 1
                }
            }
        }
        var last: [AttributeSet: NumberPoint] = [:]
        for _ in 0..<300 {
            for point in provider.collected("c")?.data.numbers ?? [] {
                if let before = last[point.attributes], before.start == point.start {
                    #expect(point.value.asDouble >= before.value.asDouble)
                }
                last[point.attributes] = point
            }
        }
        isOver.store(true, ordering: .relaxed)
        Threads.join(writers)
    }
}
