import Synchronization
import Testing

@testable import Instruments

/// Rows A4 of the checklist: observable instruments.
/// `Documentation/conformance.md` names these tests.
@Suite struct ObservableRowsTests {
    @Test func a4_3_everyCallbackRunsOncePerCollectionAndOnlyThen() {
        let provider = MeterProvider()
        let runs = Atomic(0)
        let gauge = provider.meter("m").observableGauge("g", of: Int.self) {
            $0.observe(runs.wrappingAdd(1, ordering: .relaxed).newValue)
        }
        let second = gauge.addCallback { $0.observe(100, ["k": 1]) }
        #expect(runs.load(ordering: .relaxed) == 0)
        for round in 1...3 {
            let metric = provider.collected("g")
            #expect(metric?.value(.empty) == .int(Int64(round)))
            #expect(metric?.value(["k": 1]) == .int(100))
        }
        second.cancel()
        #expect(provider.collected("g")?.values == [.int(4)])
    }

    @Test func a4_5_aCallbackForSeveralInstrumentsTellsThemApartAndNoOthers() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        let counter = meter.observableCounter("c", of: Int.self)
        let gauge = meter.observableGauge("g", of: Double.self)
        let stranger = meter.observableGauge("stranger", of: Int.self)
        meter.addCallback(for: counter, gauge) { observer in
            observer.observe(1, counter)
            observer.observe(0.5, gauge)
            observer.observe(7, stranger)
        }
        let snapshot = provider.collect()
        #expect(snapshot.metric("c", scope: "m")?.values == [.int(1)])
        #expect(snapshot.metric("g", scope: "m")?.values == [.double(0.5)])
        #expect(snapshot.metric("stranger", scope: "m") == nil)
        #expect(reports.all == [.droppedMeasurements("stranger")])
    }

    @Test func a4_7_observingAfterTheCallbackIsDisregarded() {
        let provider = MeterProvider()
        let kept = Mutex<Observer<Int>?>(nil)
        let gauge = provider.meter("m").observableGauge("g", of: Int.self) { observer in
            kept.withLock { $0 = observer }
        }
        _ = provider.collect()
        kept.withLock { $0 }?.observe(5)
        #expect(provider.collected("g") == nil)
        #expect(gauge.isEnabled)
    }

    @Test func a4_8_aHangingCallbackIsLeftAloneAndTheOthersAreReported() {
        let reports = Reports()
        let provider = MeterProvider(
            callbackLimit: .milliseconds(20), report: { reports.add($0) })
        let isReleased = Monitor(false)
        let meter = provider.meter("m")
        _ = meter.observableGauge("hanging", of: Int.self) { observer in
            _ = isReleased.wait(until: nil) { $0 ? true : nil }
            observer.observe(1)
        }
        _ = meter.observableGauge("other", of: Int.self) { $0.observe(2) }
        for _ in 0..<2 {
            let snapshot = provider.collect()
            #expect(snapshot.metric("hanging", scope: "m") == nil)
            #expect(snapshot.metric("other", scope: "m")?.values == [.int(2)])
        }
        isReleased.change { $0 = true }
        #expect(reports.all == [.slowCallback("hanging", limit: .milliseconds(20))])
    }
}
