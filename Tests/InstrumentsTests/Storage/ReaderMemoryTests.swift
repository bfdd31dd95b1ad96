import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// What a reader remembers of observables when a collection could not observe them (A4.9, A4.11).
@Suite struct ReaderMemoryTests {
    private static let short = Duration.milliseconds(20)

    /// Adds up what each collection finds beyond the one before.
    private struct Ledger {
        let reader: MetricReader
        var previous: MetricsCollection?
        var sums: [AttributeSet: Int64] = [:]
        var starts: [AttributeSet: Set<UInt64>] = [:]

        init(_ provider: MeterProvider) {
            reader = MetricReader(of: provider)
        }

        /// The metric, or nil if it was not observed.
        mutating func collect(_ name: String) -> Metric? {
            let collection = reader.collection()
            let delta = collection.delta(since: previous)
            previous = collection
            for point in delta.metric(name, scope: "m")?.data.numbers ?? [] {
                guard case .int(let value) = point.value else { continue }
                sums[point.attributes, default: 0] += value
            }
            let metric = collection.metric(name, scope: "m")
            for point in metric?.data.numbers ?? [] {
                starts[point.attributes, default: []].insert(point.start)
            }
            return metric
        }
    }

    @Test func a4_11_aLateCallbackMovesNoStartAndNothingIsCountedTwice() {
        let provider = MeterProvider.make(callbackLimit: Self.short)
        let gate = Mutex<Gate?>(nil)
        let total = Atomic(1000)
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            gate.withLock { $0 }?.pass()
            observer.observe(total.load(ordering: .relaxed))
        }
        var ledger = Ledger(provider)
        #expect(eventually { ledger.collect("c") != nil })
        for round in 1...3 {
            let closed = Gate()
            gate.withLock { $0 = closed }
            total.wrappingAdd(10, ordering: .relaxed)
            // It is late in the first, and skipped in the second.
            for _ in 0..<2 { #expect(ledger.collect("c") == nil) }
            gate.withLock { $0 = nil }
            closed.open()
            #expect(eventually { ledger.collect("c") != nil })
            #expect(ledger.sums[.empty] == Int64(1000 + round * 10))
        }
        #expect(ledger.starts[.empty]?.count == 1)
    }

    @Test func a4_9_whatAnotherCallbackObservesGoesOnBesideALateOne() {
        let provider = MeterProvider.make(callbackLimit: Self.short)
        let gate = Mutex<Gate?>(nil)
        let counter = provider.meter("m").observableCounter("c", of: Int.self)
        let registration = counter.addCallback { observer in
            gate.withLock { $0 }?.pass()
            observer.observe(100, ["from": "late"])
        }
        let total = Atomic(7)
        counter.addCallback {
            $0.observe(total.load(ordering: .relaxed), ["from": "prompt"])
        }
        var ledger = Ledger(provider)
        #expect(eventually { ledger.collect("c")?.values.count == 2 })
        let closed = Gate()
        gate.withLock { $0 = closed }
        total.store(9, ordering: .relaxed)
        #expect(eventually { ledger.collect("c")?.values == [.int(9)] })
        gate.withLock { $0 = nil }
        closed.open()
        #expect(eventually { ledger.collect("c")?.values.count == 2 })
        #expect(ledger.sums == [["from": "late"]: 100, ["from": "prompt"]: 9])
        #expect(ledger.starts.values.allSatisfy { $0.count == 1 })
        // A series that a callback in time no longer observes vanishes, and begins anew.
        registration.cancel()
        #expect(eventually { ledger.collect("c")?.values == [.int(9)] })
        counter.addCallback { $0.observe(100, ["from": "late"]) }
        #expect(eventually { ledger.collect("c")?.values.count == 2 })
        #expect(ledger.sums[["from": "late"]] == 200)
        #expect(ledger.starts[["from": "late"]]?.count == 2)
    }

    @Test func a4_11_callbacksThatFoundNoThreadAreNotForgotten() {
        let provider = MeterProvider.make(callbackLimit: Self.short)
        let meter = provider.meter("m")
        let gate = Gate()
        let isHanging = Atomic(false)
        for index in 0..<CallbackRegistry.maximumHanging {
            _ = meter.observableGauge("bad\(index)", of: Int.self) { _ in
                if isHanging.load(ordering: .relaxed) { gate.pass() }
            }
        }
        _ = meter.observableCounter("c", of: Int.self) { $0.observe(50) }
        var ledger = Ledger(provider)
        #expect(eventually { ledger.collect("c") != nil })
        isHanging.store(true, ordering: .relaxed)
        #expect(ledger.collect("c") == nil)
        isHanging.store(false, ordering: .relaxed)
        gate.open()
        #expect(eventually { ledger.collect("c") != nil })
        #expect(ledger.sums[.empty] == 50)
        #expect(ledger.starts[.empty]?.count == 1)
    }
}
