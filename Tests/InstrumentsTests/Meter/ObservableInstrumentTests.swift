import InstrumentsTesting
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct ObservableInstrumentTests {
    /// Values that callbacks read and tests change.
    private final class Level<Value: Sendable>: Sendable {
        private let kept: Mutex<Value>

        init(_ value: Value) { kept = Mutex(value) }

        var value: Value {
            get { kept.withLock { $0 } }
            set { kept.withLock { $0 = newValue } }
        }
    }

    /// A4.1, A4.3
    @Test func eachCallbackRunsExactlyOnceInACollectionAndNeverElse() {
        let provider = MeterProvider.make()
        let runs = Atomic(0)
        let gauge = provider.meter("m").observableGauge("g", of: Int.self) {
            $0.observe(runs.wrappingAdd(1, ordering: .relaxed).newValue)
        }
        gauge.addCallback { $0.observe(-1, ["second": true]) }
        #expect(runs.load(ordering: .relaxed) == 0)
        for run in 1...5 {
            let metric = provider.collected("g")
            #expect(metric?.value(.empty) == .int(Int64(run)))
            #expect(metric?.value(["second": true]) == .int(-1))
        }
    }

    /// A4.1: an instrument without callbacks is silent.
    @Test func withoutCallbacksThereIsNothing() {
        let provider = MeterProvider.make()
        _ = provider.meter("m").observableCounter("c", of: Int.self)
        #expect(provider.collect().scopes.isEmpty)
    }

    /// A4.2
    @Test func aCancelledCallbackRunsNoMore() {
        let provider = MeterProvider.make()
        let gauge = provider.meter("m").observableGauge("g", of: Double.self)
        let registration = gauge.addCallback { $0.observe(1) }
        #expect(provider.collected("g")?.values == [.double(1)])
        registration.cancel()
        registration.cancel()
        #expect(provider.collected("g") == nil)
    }

    @Test func aCallbackStaysWithoutItsRegistration() {
        let provider = MeterProvider.make()
        provider.meter("m").observableGauge("g", of: Int.self).addCallback { $0.observe(1) }
        #expect(provider.collected("g")?.values == [.int(1)])
    }

    /// A4.2, issue: registration and removal also from inside a callback.
    @Test func callbacksMayRegisterAndCancel() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let own = Mutex<CallbackRegistration?>(nil)
        let gauge = meter.observableGauge("g", of: Int.self)
        let registration = gauge.addCallback { observer in
            observer.observe(1)
            own.withLock { $0 }?.cancel()
            gauge.addCallback { $0.observe(2, ["added": true]) }
            meter.counter("made.inside").add(1)
            _ = meter.observableCounter("observed.inside", of: Int.self) { $0.observe(3) }
        }
        own.withLock { $0 = registration }
        let first = provider.collect()
        #expect(first.metric("g", scope: "m")?.values == [.int(1)])
        #expect(first.metric("made.inside", scope: "m")?.values == [.int(1)])
        let second = provider.collect()
        #expect(second.metric("g", scope: "m")?.value(.empty) == nil)
        #expect(second.metric("g", scope: "m")?.value(["added": true]) == .int(2))
        #expect(second.metric("observed.inside", scope: "m")?.values == [.int(3)])
        #expect(second.metric("made.inside", scope: "m")?.values == [.int(1)])
    }

    /// A4.7
    @Test func whatIsObservedAfterTheCallbackIsDisregarded() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let kept = Mutex<Observer<Int>?>(nil)
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            kept.withLock { $0 = observer }
        }
        #expect(provider.collected("c") == nil)
        kept.withLock { $0 }?.observe(7)
        kept.withLock { $0 }?.observe(-7)
        #expect(provider.collected("c") == nil)
        #expect(reports.all.isEmpty)
    }

    /// A4.9, A7.2, A7.5
    @Test func aSeriesThatIsNotObservedVanishesAndStartsAnew() throws {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let seen = Level(["a", "b"])
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            for key in seen.value { observer.observe(5, ["k": .string(key)]) }
        }
        clock.set(to: 2000)
        let first = provider.collect()
        clock.set(to: 3000)
        seen.value = ["a"]
        let second = provider.collect()
        clock.set(to: 4000)
        seen.value = ["a", "b", "c"]
        let third = provider.collect()
        func start(_ snapshot: MetricsSnapshot, _ key: AttributeValue) -> UInt64? {
            snapshot.metric("c", scope: "m")?.point(["k": key])?.start
        }
        #expect(start(first, "a") == 1000)
        #expect(start(first, "b") == 1000)
        #expect(start(second, "b") == nil)
        #expect(start(third, "a") == 1000)
        #expect(start(third, "b") == second.time)
        #expect(start(third, "c") == second.time)
    }

    /// A4.10
    @Test func ofEqualSetsTheLastCountsAlsoOverSeveralCallbacks() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").observableCounter("c", of: Int.self) {
            $0.observe(1, ["k": 1])
            $0.observe(2, ["k": 1])
        }
        #expect(provider.collected("c")?.values == [.int(2)])
        counter.addCallback { $0.observe(3, ["k": 1]) }
        #expect(provider.collected("c")?.values == [.int(3)])
    }

    /// A4.10
    @Test func setsThatAFilterMakesEqualAreAddedUp() {
        let provider = MeterProvider.make(views: [View(.init(), attributes: .only(["a"]))])
        let meter = provider.meter("m")
        _ = meter.observableCounter("c", of: Int.self) {
            $0.observe(1, ["a": 1, "b": 1])
            $0.observe(2, ["a": 1, "b": 2])
            $0.observe(4, ["a": 1, "b": 2])
            $0.observe(.max, ["a": 2, "b": 1])
            $0.observe(.max, ["a": 2, "b": 2])
        }
        _ = meter.observableUpDownCounter("u", of: Double.self) {
            $0.observe(1.5, ["b": 1])
            $0.observe(-2, ["b": 2])
        }
        _ = meter.observableGauge("g", of: Int.self) {
            $0.observe(1, ["b": 1])
            $0.observe(2, ["b": 2])
        }
        let snapshot = provider.collect()
        #expect(snapshot.metric("c", scope: "m")?.values == [.int(5), .int(.max)])
        #expect(snapshot.metric("u", scope: "m")?.values == [.double(-0.5)])
        #expect(snapshot.metric("g", scope: "m")?.values == [.int(2)])
    }

    @Test func aTotalThatFallsHasANewStartUnlessItMayFall() throws {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let level = Level(10)
        let meter = provider.meter("m")
        _ = meter.observableCounter("c", of: Int.self) { $0.observe(level.value) }
        _ = meter.observableUpDownCounter("u", of: Int.self) { $0.observe(level.value) }
        var times: [UInt64] = []
        var starts: [UInt64] = []
        for value in [10, 12, 12, 3, 4] {
            clock.advance(by: .nanoseconds(1000))
            level.value = value
            let snapshot = provider.collect()
            times.append(snapshot.time)
            starts.append(try #require(snapshot.metric("c", scope: "m")?.point()).start)
            #expect(snapshot.metric("u", scope: "m")?.point()?.start == 1001)
        }
        #expect(starts == [1000, 1000, 1000, times[2], times[2]])
    }

    /// A9.6, A9.2
    @Test func beyondTheLimitTheFirstObservedKeepTheirSeries() {
        let reports = Reports()
        let provider = MeterProvider.make(cardinalityLimit: 2, reports: reports)
        let meter = provider.meter("m")
        _ = meter.observableCounter("c", of: Int.self) { observer in
            for index in (0..<5).reversed() { observer.observe(1, ["k": .int(Int64(index))]) }
            observer.observe(10, ["otel.metric.overflow": true])
            observer.observe(5, ["k": 4])
        }
        for _ in 0..<3 {
            let metric = provider.collected("c")
            #expect(metric?.value(["k": 4]) == .int(5))
            #expect(metric?.value(["k": 3]) == .int(1))
            #expect(metric?.value(["otel.metric.overflow": true]) == .int(13))
            #expect(metric?.values.count == 3)
        }
        #expect(reports.all == [.cardinalityLimitReached("c", limit: 2, key: "k")])
    }

    /// A9.3
    @Test func exactlyTheLimitIsNoOverflow() {
        let reports = Reports()
        let provider = MeterProvider.make(cardinalityLimit: 3, reports: reports)
        _ = provider.meter("m").observableGauge("g", of: Int.self) { observer in
            for index in 0..<3 { observer.observe(1, ["k": .int(Int64(index))]) }
        }
        #expect(provider.collected("g")?.values.count == 3)
        #expect(reports.all.isEmpty)
    }

    /// K1: a callback that observes very many sets costs time in proportion, not more.
    @Test func veryManyObservationsAreMergedInBoundedTime() {
        let provider = MeterProvider.make()
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            for index in 0..<100_000 { observer.observe(1, ["k": .int(Int64(index))]) }
        }
        let metric = provider.collected("c")
        #expect(metric?.values.count == 2001)
        #expect(metric?.value(["otel.metric.overflow": true]) == .int(98_000))
    }

    /// A11.1, A11.2
    @Test func sumsRefuseWhatPoisonsThemAndGaugesPassIt() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        let values: [Double] = [.nan, .infinity, -.infinity, -1, 0, .greatestFiniteMagnitude]
        @Sendable func observe(_ observer: Observer<Double>) {
            for (index, value) in values.enumerated() {
                observer.observe(value, ["k": .int(Int64(index))])
            }
        }
        _ = meter.observableCounter("c", of: Double.self) { observe($0) }
        _ = meter.observableUpDownCounter("u", of: Double.self) { observe($0) }
        _ = meter.observableGauge("g", of: Double.self) { observe($0) }
        #expect(provider.collected("c")?.values.count == 2)
        #expect(provider.collected("u")?.values.count == 3)
        #expect(provider.collected("g")?.values.count == 6)
        #expect(Set(reports.all) == [.droppedMeasurements("c"), .droppedMeasurements("u")])
    }

    /// A4.6: all points of a collection have the snapshot's time, after their start.
    @Test func pointsStartBeforeTheSnapshotWhateverTheClockDoes() {
        let clock = SteppedClock(start: 1000)
        let provider = MeterProvider.make(clock: clock)
        let seen = Level(0)
        _ = provider.meter("m").observableCounter("c", of: Int.self) { observer in
            observer.observe(seen.value % 3)
            observer.observe(1, ["k": .int(Int64(seen.value % 4))])
        }
        var last: UInt64 = 0
        for now in [0, 5000, 5000, 10, 10, 9, 100_000, 1, 2] as [UInt64] {
            clock.set(to: now)
            seen.value += 1
            let snapshot = provider.collect()
            #expect(snapshot.time > last)
            for point in snapshot.metric("c", scope: "m")?.data.numbers ?? [] {
                #expect(point.start > 0 && point.start < snapshot.time)
            }
            last = snapshot.time
        }
    }

    /// A2.11, A5.13
    @Test func callbacksOfDroppedInstrumentsDoNotRun() {
        let runs = Atomic(0)
        let provider = MeterProvider.make(views: [View(.init(name: "off"), aggregation: .drop)])
        let meter = provider.meter("m")
        let off = meter.observableCounter("off", of: Int.self) { _ in
            runs.wrappingAdd(1, ordering: .relaxed)
        }
        let on = meter.observableCounter("on", of: Int.self)
        #expect(!off.isEnabled && on.isEnabled)
        meter.addCallback(for: off, on) { observer in
            observer.observe(1, off)
            observer.observe(2, on)
        }
        #expect(provider.collect().pointCount == 1)
        #expect(runs.load(ordering: .relaxed) == 0)
    }
}
