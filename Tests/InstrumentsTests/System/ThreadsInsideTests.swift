import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

/// Hooks of the host that come back to what called them (A1.1, K5).
@Suite struct ThreadsInsideTests {
    /// What a hook may use while it is called: set once the provider is there.
    private typealias Holder = Mutex<MeterProvider?>

    @Test func onlyTheSameThreadIsInside() {
        let (one, other) = (ThreadsInside(), ThreadsInside())
        #expect(!one.containsCurrent)
        let answer = one.run {
            #expect(one.containsCurrent && !other.containsCurrent)
            #expect(one.run { 1 } == nil)
            Threads.run(1) { _ in
                #expect(!one.containsCurrent)
                #expect(one.run { 1 } == 1)
            }
            return other.run {
                #expect(one.containsCurrent && other.containsCurrent)
                return one.run { 1 } == nil ? 2 : 3
            }
        }
        #expect(answer == 2)
        #expect(!one.containsCurrent && !other.containsCurrent)
        #expect(one.run { 4 } == 4)
    }

    @Test(arguments: [ExemplarFilter.traceBased, .alwaysOn])
    func a1_1_theHookForTracesMayMeasureAndCollect(filter: ExemplarFilter) {
        let holder = Holder(nil)
        let trace = TraceContext(traceID: (high: 1, low: 2), spanID: 3, isSampled: true)
        let provider = MeterProvider.make(
            exemplarFilter: filter,
            traceContext: {
                let provider = holder.withLock { $0 }
                provider?.meter("tracer").counter("lookups").add(1)
                _ = provider?.collect()
                return trace
            })
        holder.withLock { $0 = provider }
        provider.meter("m").counter("c").add(1)
        let points = provider.collected("c")?.data.numbers ?? []
        #expect(points.flatMap(\.exemplars).map(\.context) == [trace])
        // What the hook measures has no trace.
        let lookups = provider.collected("lookups", scope: "tracer")
        #expect(lookups?.values == [.int(1)])
        #expect(lookups?.data.numbers.flatMap(\.exemplars).contains { $0.context != nil } == false)
        holder.withLock { $0 = nil }
    }

    @Test func a1_1_aStateMayCollect() {
        let holder = Holder(nil)
        let provider = MeterProvider.make()
        holder.withLock { $0 = provider }
        let inner = Mutex<MetricsSnapshot?>(nil)
        let other = provider.collectState { 7 }
        let points = provider.collectState {
            let snapshot = holder.withLock { $0 }?.collect()
            inner.withLock { $0 = snapshot }
            return snapshot?.pointCount ?? -1
        }
        provider.meter("m").counter("c").add(1)
        let snapshot = provider.collect()
        #expect(snapshot.state(points) == 1 && snapshot.state(other) == 7)
        let nested = inner.withLock { $0 }
        #expect(nested != nil && nested?.state(points) == nil && nested?.state(other) == nil)
        holder.withLock { $0 = nil }
    }

    @Test func a1_1_theHookForMetersMayAskForAMeter() {
        let holder = Holder(nil)
        let asked = Mutex<[String]>([])
        let provider = MeterProvider.make(isMeterEnabled: { scope in
            asked.withLock { $0.append(scope.name) }
            holder.withLock { $0 }?.meter("diagnostics").counter("asked").add(1)
            return scope.name != "off"
        })
        holder.withLock { $0 = provider }
        #expect(provider.meter("m").counter("c").isEnabled)
        #expect(!provider.meter("off").counter("c").isEnabled)
        #expect(asked.withLock { $0 } == ["m", "off"])
        #expect(provider.collected("asked", scope: "diagnostics")?.values == [.int(2)])
        holder.withLock { $0 = nil }
    }

    @Test func a1_1_theClocksMayMeasureAndCollect() {
        let holder = Holder(nil)
        let wall = SteppedClock(start: 5000)
        let reads = Atomic(0)
        let measure = { @Sendable in
            let read = reads.wrappingAdd(1, ordering: .relaxed).newValue
            let provider = holder.withLock { $0 }
            provider?.meter("clock").counter("reads").add(1, ["read": .int(Int64(read))])
            _ = provider?.collect()
        }
        let provider = MeterProvider(
            now: {
                measure()
                return wall.now()
            },
            uptime: {
                measure()
                return wall.now()
            })
        // While no time is known, what the clock measures has the system's.
        var last = provider.collect().time
        holder.withLock { $0 = provider }
        let counter = provider.meter("m").counter("c")
        for step in 0..<20 {
            counter.add(1, ["step": .int(Int64(step))])
            wall.set(to: step % 3 == 0 ? wall.now() - 50 : wall.now() + 1000)
            let snapshot = provider.collect()
            #expect(snapshot.time > last)
            // Nested readings do not lead the clock astray.
            #expect(snapshot.time < 1_000_000)
            last = snapshot.time
        }
        #expect(provider.collected("c")?.values.count == 20)
        #expect(provider.collected("reads", scope: "clock") != nil)
        holder.withLock { $0 = nil }
    }

    @Test func a1_1_aReportMayRegisterEverNewConflicts() {
        let holder = Holder(nil)
        let number = Atomic(0)
        let told = Atomic(0)
        let provider = MeterProvider(report: { _ in
            told.wrappingAdd(1, ordering: .relaxed)
            let name = "n\(number.wrappingAdd(1, ordering: .relaxed).newValue)"
            let meter = holder.withLock { $0 }?.meter("log")
            meter?.counter(name).add(1)
            meter?.gauge(name).record(1)
        })
        holder.withLock { $0 = provider }
        _ = provider.meter("m").counter("c")
        _ = provider.meter("m").gauge("c")
        #expect(told.load(ordering: .relaxed) == 1)
        holder.withLock { $0 = nil }
    }
}
