import Synchronization
import Testing

@testable import Instruments

@Suite struct MeterObservableTests {
    /// A4.5
    @Test func aCallbackObservesSeveralInstruments() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let runs = Atomic(0)
        let count = meter.observableCounter("count", of: Int.self)
        let share = meter.observableGauge("share", of: Double.self)
        let registration = meter.addCallback(for: count, share) { observer in
            runs.wrappingAdd(1, ordering: .relaxed)
            observer.observe(3, count)
            observer.observe(4, count, ["k": 1])
            observer.observe(0.5, share)
        }
        let snapshot = provider.collect()
        #expect(snapshot.metric("count", scope: "m")?.values == [.int(3), .int(4)])
        #expect(snapshot.metric("share", scope: "m")?.values == [.double(0.5)])
        #expect(runs.load(ordering: .relaxed) == 1)
        registration.cancel()
        #expect(provider.collect().scopes.isEmpty)
    }

    /// A4.5
    @Test func anInstrumentThatWasNotDeclaredIsNotObserved() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        let declared = meter.observableCounter("declared", of: Int.self)
        let other = meter.observableCounter("other", of: Int.self)
        meter.addCallback(for: declared) { observer in
            observer.observe(1, declared)
            observer.observe(1, other)
        }
        #expect(provider.collect().pointCount == 1)
        #expect(reports.all == [.droppedMeasurements("other")])
    }

    /// A4.5: of another provider's instrument nothing is taken.
    @Test func anInstrumentOfAnotherProviderIsNotObserved() {
        let (provider, other) = (MeterProvider.make(), MeterProvider.make())
        let own = provider.meter("m").observableGauge("own", of: Int.self)
        let foreign = other.meter("m").observableGauge("foreign", of: Int.self)
        provider.meter("m").addCallback(for: own, foreign) { observer in
            observer.observe(1, own)
            observer.observe(1, foreign)
        }
        #expect(provider.collect().pointCount == 1)
        #expect(other.collect().pointCount == 0)
    }

    /// A3.32
    @Test func theSameInstrumentTwiceIsTheSameStorage() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let one = meter.observableCounter("c", of: Int.self) { $0.observe(1, ["k": 1]) }
        let two = meter.observableCounter("c", of: Int.self) { $0.observe(2, ["k": 2]) }
        #expect(one.storage === two.storage)
        #expect(provider.collected("c")?.values == [.int(1), .int(2)])
        #expect(meter.observableCounter("c", of: Double.self).storage !== one.storage)
    }

    /// A3.30
    @Test func aSynchronousNamesakeIsAConflictAndBothAreExported() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        meter.gauge("x", of: Int.self).record(1)
        _ = meter.observableCounter("x", of: Int.self) { $0.observe(2) }
        #expect(provider.collect().pointCount == 2)
        #expect(reports.all == [.conflictingRegistration("x")])
    }

    /// A3.22
    @Test func advisedKeysAreKept() {
        let provider = MeterProvider.make()
        _ = provider.meter("m").observableUpDownCounter("u", keeping: ["a"], of: Int.self) {
            $0.observe(1, ["a": 1, "b": 1])
            $0.observe(2, ["a": 1, "b": 2])
        }
        #expect(provider.collected("u")?.value(["a": 1]) == .int(3))
    }
}
