import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct CallbackRegistryTests {
    private static let short = Duration.milliseconds(20)

    /// A4.8, K1
    @Test func aHangingCallbackIsNamedOnceSkippedAndRunsAgainWhenItHasReturned() {
        let reports = Reports()
        // Long enough for the others, however busy the machine is.
        let limit = Duration.seconds(3)
        let provider = MeterProvider.make(callbackLimit: limit, reports: reports)
        let meter = provider.meter("m")
        let gate = Gate()
        _ = meter.observableGauge("before", of: Int.self) { $0.observe(1) }
        _ = meter.observableGauge("hanging", of: Int.self) { observer in
            gate.pass()
            observer.observe(2)
        }
        _ = meter.observableGauge("after", of: Int.self) { $0.observe(3) }
        for _ in 0..<5 {
            let snapshot = provider.collect()
            #expect(snapshot.metric("before", scope: "m")?.values == [.int(1)])
            #expect(snapshot.metric("hanging", scope: "m") == nil)
            #expect(snapshot.metric("after", scope: "m")?.values == [.int(3)])
        }
        #expect(gate.arrivals == 1)
        #expect(reports.all == [.slowCallback("hanging", limit: limit)])
        gate.open()
        #expect(eventually { provider.collected("hanging")?.values == [.int(2)] })
        #expect(reports.all.count == 1)
    }

    /// K1: at most four threads are left to callbacks, also if these are cancelled.
    @Test func noMoreThanFourThreadsAreLeftToCallbacks() {
        let reports = Reports()
        let provider = MeterProvider.make(callbackLimit: Self.short, reports: reports)
        let gauge = provider.meter("m").observableGauge("g", of: Int.self)
        let gate = Gate()
        for _ in 0..<7 {
            gauge.addCallback { _ in gate.pass() }.cancel(after: { _ = provider.collect() })
        }
        gauge.addCallback { $0.observe(1) }
        #expect(provider.collected("g") == nil)
        #expect(gate.arrivals == CallbackRegistry.maximumHanging)
        #expect(
            reports.all == [
                .slowCallback("g", limit: Self.short), .callbacksSkipped(hanging: 4),
            ])
        gate.open()
        #expect(eventually { provider.collected("g")?.values == [.int(1)] })
    }

    /// Those that are skipped because of others are not blamed.
    @Test func callbacksThatFindNoThreadAreNotCalledSlow() {
        let reports = Reports()
        let provider = MeterProvider.make(callbackLimit: Self.short, reports: reports)
        let meter = provider.meter("m")
        let gate = Gate()
        for index in 0..<4 {
            _ = meter.observableGauge("bad\(index)", of: Int.self) { _ in gate.pass() }
        }
        _ = meter.observableGauge("good", of: Int.self) { $0.observe(1) }
        for _ in 0..<2 { #expect(provider.collect().pointCount == 0) }
        let blamed = (0..<4).map {
            InstrumentsDiagnostic.slowCallback("bad\($0)", limit: Self.short)
        }
        #expect(reports.all == blamed + [.callbacksSkipped(hanging: 4)])
        gate.open()
        #expect(eventually { provider.collected("good") != nil })
    }

    /// K1: a callback that asks for a collection gets one, at once, without observables.
    /// A collection whose time is up blames nobody, runs no further callback, and has the rest.
    @Test func aCollectionMayHaveLessTimeThanItsCallbacksTake() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let reader = MetricReader(of: provider)
        let meter = provider.meter("m")
        let gate = Gate()
        _ = meter.observableGauge("before", of: Int.self) { $0.observe(1) }
        _ = meter.observableGauge("hanging", of: Int.self) { _ in gate.pass() }
        _ = meter.observableGauge("after", of: Int.self) { $0.observe(3) }
        meter.counter("counter").add(1)
        let snapshot = reader.collection(waitingForCallbacks: .milliseconds(50))
        #expect(snapshot.metric("before", scope: "m")?.values == [.int(1)])
        #expect(snapshot.metric("hanging", scope: "m") == nil)
        #expect(snapshot.metric("after", scope: "m") == nil)
        #expect(snapshot.metric("counter", scope: "m")?.values == [.int(1)])
        #expect(reports.all == [])
        let none = reader.collection(waitingForCallbacks: .seconds(-1))
        #expect(none.metric("before", scope: "m") == nil)
        #expect(none.metric("counter", scope: "m")?.values == [.int(1)])
        gate.open()
        #expect(eventually { provider.collected("after")?.values == [.int(3)] })
    }

    @Test func aCallbackMayCollect() throws {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        let inner = Mutex<MetricsSnapshot?>(nil)
        _ = meter.observableCounter("c", of: Int.self) { [weak provider] observer in
            observer.observe(1, ["k": 1])
            inner.withLock { $0 = provider?.collect() }
        }
        meter.counter("plain").add(2)
        let first = provider.collect()
        let nested = try #require(inner.withLock { $0 })
        #expect(nested.metric("plain", scope: "m")?.values == [.int(2)])
        #expect(nested.metric("c", scope: "m") == nil)
        let second = provider.collect()
        #expect(first.metric("c", scope: "m")?.values == [.int(1)])
        #expect(
            first.metric("c", scope: "m")?.data.numbers.map(\.start)
                == second.metric("c", scope: "m")?.data.numbers.map(\.start))
        #expect(nested.time < first.time)
        #expect(reports.all.isEmpty)
    }

    /// K5: who is told may measure and collect.
    @Test func aReportMayRecordAndCollect() {
        let holder = Mutex<MeterProvider?>(nil)
        let told = Atomic(0)
        let provider = MeterProvider(
            cardinalityLimit: 1,
            report: { _ in
                guard told.wrappingAdd(1, ordering: .relaxed).newValue < 100 else { return }
                let provider = holder.withLock { $0 }
                provider?.meter("log").counter("lines").add(1)
                _ = provider?.collect()
            })
        holder.withLock { $0 = provider }
        let meter = provider.meter("m")
        _ = meter.observableCounter("c", of: Int.self) { observer in
            observer.observe(-1)
            observer.observe(1, ["k": 1])
            observer.observe(1, ["k": 2])
        }
        meter.counter("bad name").add(-1)
        #expect(provider.collected("c")?.values == [.int(1), .int(1)])
        #expect(provider.collected("lines", scope: "log") != nil)
        // The name, what both instruments dropped, and the observable's limit.
        #expect(told.load(ordering: .relaxed) == 4)
        holder.withLock { $0 = nil }
    }

    /// A8.2, A4.3: collections side by side neither run a callback twice at once nor see a total
    /// fall.
    @Test func concurrentCollectionsTakeTurns() {
        let provider = MeterProvider.make()
        let running = Atomic(0)
        let total = Atomic(0)
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            #expect(running.wrappingAdd(1, ordering: .relaxed).newValue == 1)
            observer.observe(total.wrappingAdd(1, ordering: .relaxed).newValue)
            running.wrappingSubtract(1, ordering: .relaxed)
        }
        let starts = Mutex<Set<UInt64>>([])
        Threads.run(8) { _ in
            for _ in 0..<100 {
                let point = provider.collected("c")?.point()
                _ = starts.withLock { $0.insert(point?.start ?? 0) }
            }
        }
        #expect(total.load(ordering: .relaxed) == 800)
        #expect(starts.withLock { $0.count } == 1)
        #expect(starts.withLock { !$0.contains(0) })
    }

    /// The thread ends with the provider, even if a callback holds its instrument.
    @Test func theThreadDoesNotOutliveTheProvider() {
        let thread = Mutex("")
        var provider: MeterProvider? = MeterProvider.make()
        weak let registry = provider?.meter("m").callbacks
        if let meter = provider?.meter("m") {
            let gauge = meter.observableGauge("g", of: Int.self)
            meter.addCallback(for: gauge) { observer in
                thread.withLock { $0 = Threads.currentPath }
                observer.observe(1, gauge)
                _ = meter.counter("c")
            }
        }
        #expect(provider?.collected("g")?.values == [.int(1)])
        let path = thread.withLock { $0 }
        #expect(access(path, F_OK) == 0)
        provider = nil
        #expect(eventually { registry == nil && access(path, F_OK) != 0 })
    }

    /// The provider may go while a callback hangs, and the thread ends with the callback.
    @Test func aHangingCallbackDoesNotHoldItsThreadForEver() {
        let thread = Mutex("")
        let gate = Gate()
        var provider: MeterProvider? = MeterProvider.make(callbackLimit: Self.short)
        _ = provider?.meter("m").observableGauge("g", of: Int.self) { _ in
            thread.withLock { $0 = Threads.currentPath }
            gate.pass()
        }
        #expect(provider?.collect().pointCount == 0)
        provider = nil
        gate.open()
        let path = thread.withLock { $0 }
        #expect(eventually { access(path, F_OK) != 0 })
    }

    @Test func anInstrumentMayOutliveItsProvider() {
        var provider: MeterProvider? = MeterProvider.make()
        let meter = provider?.meter("m")
        let gauge = meter?.observableGauge("g", of: Int.self)
        let registration = gauge?.addCallback { $0.observe(1) }
        provider = nil
        gauge?.addCallback { $0.observe(2) }.cancel()
        registration?.cancel()
        meter?.counter("c").add(1)
        #expect(gauge?.isEnabled == true)
    }

    @Test(arguments: [
        (Duration.seconds(1), Int64(1_000_000_000)), (.milliseconds(-500), 0), (.zero, 0),
        (.seconds(-7), 0), (.nanoseconds(1), 1),
        (.seconds(Int64.max), 4_611_686_018_000_000_000), (.seconds(Int64.min), 0),
    ])
    func durationsAreHeldInRange(duration: Duration, nanoseconds: Int64) {
        #expect(duration.wholeNanoseconds == nanoseconds)
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.max)])
    func anAbsurdLimitDoesNoHarm(limit: Duration) {
        let provider = MeterProvider.make(callbackLimit: limit)
        _ = provider.meter("m").observableGauge("g", of: Int.self) { $0.observe(1) }
        for _ in 0..<3 { #expect(provider.collect().pointCount <= 1) }
    }
}

extension CallbackRegistration {
    /// Cancels once `body` has run.
    fileprivate func cancel(after body: () -> Void) {
        body()
        cancel()
    }
}
