import CThreadCells
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Callbacks and threads: what must hold when the host misbehaves (scenarios K).
@Suite struct CallbackScenarioTests {
    /// A callback that hangs costs its limit once; the others are observed in every collection.
    @Test func k1_aHangingCallbackCostsItsLimitOnceAndNobodyElse() {
        let reports = Reports()
        let limit = Duration.milliseconds(20)
        let provider = MeterProvider.make(callbackLimit: limit, reports: reports)
        let meter = provider.meter("m")
        let gate = Gate()
        _ = meter.observableGauge("hangs", of: Int.self) { _ in gate.pass() }
        _ = meter.observableGauge("good", of: Int.self) { $0.observe(1) }
        for _ in 0..<50 { #expect(provider.collected("good")?.values == [.int(1)]) }
        #expect(gate.arrivals == 1)
        #expect(reports.all == [.slowCallback("hangs", limit: limit)])
        gate.open()
    }

    /// One that never stops observing is disregarded from its limit on.
    @Test func k1_aLoopingCallbackIsDisregarded() {
        let provider = MeterProvider.make(callbackLimit: .milliseconds(20))
        let isOver = Atomic(false)
        _ = provider.meter("m").observableGauge("loops", of: Int.self) { observer in
            repeat { observer.observe(1) } while !isOver.load(ordering: .relaxed)
        }
        provider.meter("m").counter("c").add(1)
        for _ in 0..<3 {
            #expect(provider.collected("loops") == nil)
            #expect(provider.collected("c")?.values == [.int(1)])
        }
        isOver.store(true, ordering: .relaxed)
        #expect(eventually { provider.collected("loops")?.values == [.int(1)] })
    }

    /// A callback may collect, register another and cancel itself.
    @Test func k1_aCallbackMayCollectRegisterAndCancelItself() {
        let provider = MeterProvider.make()
        let gauge = provider.meter("m").observableGauge("g", of: Int.self)
        let own = Mutex<CallbackRegistration?>(nil)
        let registration = gauge.addCallback { [weak provider] observer in
            observer.observe(1, ["from": "first"])
            #expect(provider?.collect().metric("g", scope: "m") == nil)
            gauge.addCallback { $0.observe(2, ["from": "second"]) }
            own.withLock { $0 }?.cancel()
        }
        own.withLock { $0 = registration }
        #expect(provider.collected("g")?.values == [.int(1)])
        for _ in 0..<3 { #expect(provider.collected("g")?.values == [.int(2)]) }
    }

    /// A callback may flush: what is flushed collects once this collection is over, so the flush
    /// takes its timeout and no longer.
    @Test func k1_aCallbackMayFlushItsProvider() {
        let provider = MeterProvider.make()
        let holder = Mutex<MetricReader?>(nil)
        let flushed = Mutex<MetricsSnapshot?>(nil)
        let reader = MetricReader(
            of: provider,
            flush: { _ in
                let snapshot = holder.withLock { $0 }?.collect()
                flushed.withLock { $0 = snapshot }
                return true
            })
        holder.withLock { $0 = reader }
        let runs = Atomic(0)
        _ = provider.meter("m").observableGauge("g", of: Int.self) { [weak provider] observer in
            let run = runs.wrappingAdd(1, ordering: .relaxed).newValue
            if run == 1 { #expect(provider?.flush(timeout: .milliseconds(20)) == false) }
            observer.observe(run)
        }
        #expect(provider.collected("g")?.values == [.int(1)])
        #expect(
            eventually {
                flushed.withLock { $0 }?.metric("g", scope: "m")?.values == [.int(2)]
            })
        holder.withLock { $0 = nil }
    }

    /// Very many points: the limit holds, and of equal sets the last counts.
    @Test func k1_aCallbackMayEmitVeryManyPoints() {
        let reports = Reports()
        let provider = MeterProvider.make(cardinalityLimit: 100, reports: reports)
        let sets = (0..<5000).map { AttributeSet([Attribute("k", .int(Int64($0)))]) }
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            for round in 1...4 {
                for set in sets { observer.observe(round, set) }
            }
        }
        let values = provider.collected("c")?.values ?? []
        #expect(values.count == 101)
        #expect(values.reduce(0) { $0 + $1.asDouble } == 4 * 5000)
        #expect(reports.all == [.cardinalityLimitReached("c", limit: 100, key: "k")])
    }

    /// Threads are born and die: totals are exact, and blocks are handed on.
    @Test func k2_threadsThatComeAndGoAreCountedExactly() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        let histogram = provider.meter("m").histogram("h", of: Int.self)
        let bound = counter.bind(["k": "bound"])
        for _ in 0..<50 {
            Threads.run(20) { thread in
                bound.add(1)
                counter.add(2, ["k": .int(Int64(thread % 4))])
                histogram.record(thread)
            }
        }
        let metric = provider.collected("c")
        #expect(metric?.value(["k": "bound"]) == .int(1000))
        for index in 0..<4 { #expect(metric?.value(["k": .int(Int64(index))]) == .int(500)) }
        let point = provider.collected("h")?.histogram()
        #expect(point?.count == 1000 && point?.sum == 9500)
        #expect(Int(tcells_block_count()) <= Threads.cores * 4 + 1)
    }

    /// Many threads alive at once, far more than have blocks of their own.
    @Test func k2_manyThreadsAtOnceAreCountedExactly() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c").bind(.empty)
        let exponential = MeterProvider.make(histogramAggregation: .exponentialBuckets())
        let histogram = exponential.meter("m").histogram("h").bind(.empty)
        let count = 200
        let line = StartLine(count)
        Threads.run(count) { thread in
            line.wait()
            for step in 0..<20 {
                counter.add(1)
                histogram.record(Double(thread * step))
            }
        }
        #expect(provider.collected("c")?.values == [.int(Int64(count * 20))])
        #expect(exponential.collected("h")?.exponential()?.count == UInt64(count * 20))
    }

    /// Torn reads: what a snapshot says of one histogram is of the same records.
    @Test func k3_aSnapshotOfABusyHistogramIsOfOnePiece() {
        for aggregation in [Aggregation.explicitBuckets(bounds: [1, 2]), .exponentialBuckets()] {
            let provider = MeterProvider.make(histogramAggregation: aggregation)
            let bound = provider.meter("m").histogram("h").bind(.empty)
            let isOver = Atomic(false)
            let writers = Threads.start {
                Threads.run(3) { _ in
                    while !isOver.load(ordering: .relaxed) { bound.record(2) }
                }
            }
            var last: UInt64 = 0
            for _ in 0..<300 {
                guard let metric = provider.collected("h") else { continue }
                var seen: (count: UInt64, sum: Double?, buckets: UInt64) = (0, nil, 0)
                if let point = metric.histogram() {
                    seen = (point.count, point.sum, point.bucketCounts[1])
                } else if let point = metric.exponential() {
                    seen = (point.count, point.sum, point.positive.count)
                }
                #expect(seen.buckets == seen.count && seen.sum == Double(seen.count) * 2)
                #expect(seen.count >= last)
                last = seen.count
            }
            isOver.store(true, ordering: .relaxed)
            Threads.join(writers)
        }
    }

    /// Who is told of trouble may record, register and collect: it is told of that once, too.
    @Test func k5_aReportThatRecordsDoesNotRecurse() {
        let holder = Mutex<MeterProvider?>(nil)
        let told = Atomic(0)
        let provider = MeterProvider.make(cardinalityLimit: 1, reports: Reports())
        let reporting = MeterProvider(
            cardinalityLimit: 1,
            report: { _ in
                told.wrappingAdd(1, ordering: .relaxed)
                let own = holder.withLock { $0 }
                let lines = own?.meter("log").counter("lines")
                lines?.add(1, ["level": "warning"])
                lines?.add(-1)
                lines?.add(1, ["level": "another"])
                _ = own?.collect()
                provider.meter("other").counter("lines").add(1)
            })
        holder.withLock { $0 = reporting }
        reporting.meter("m").counter("not a name").add(-1)
        for _ in 0..<20 { _ = reporting.collect() }
        // The name, what both counters dropped, and the limit of the log's own.
        #expect(told.load(ordering: .relaxed) == 4)
        #expect(provider.collected("lines", scope: "other")?.values == [.int(4)])
        holder.withLock { $0 = nil }
    }
}
