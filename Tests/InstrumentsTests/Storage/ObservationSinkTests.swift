import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct ObservationSinkTests {
    private func makeStorage() -> ObservableStorage {
        let provider = MeterProvider.make()
        return provider.meter("m").observableCounter("c", of: Int.self).storage
    }

    @Test func whatWasObservedIsKeptInOrderUntilItIsDiscarded() {
        let storage = makeStorage()
        let sink = ObservationSink([storage])
        sink.observe(.int(1), storage, ["k": 1])
        sink.observe(.int(2), storage, ["k": 2])
        sink.close()
        sink.observe(.int(3), storage, ["k": 3])
        #expect(sink.observations(of: storage).map(\.value) == [.int(1), .int(2)])
        sink.discard()
        #expect(sink.observations(of: storage).isEmpty)
        sink.observe(.int(4), storage, ["k": 4])
        #expect(sink.observations(of: storage).isEmpty)
        #expect(storage.droppedMeasurements == 0)
    }

    @Test func beyondTheLimitObservationsAreCountedAndNotKept() {
        let storage = makeStorage()
        let sink = ObservationSink([storage], limit: 3)
        for value in 0..<10 as Range<Int64> { sink.observe(.int(value), storage, .empty) }
        #expect(sink.observations(of: storage).count == 3)
        #expect(sink.isOverfull)
        #expect(storage.droppedMeasurements == 7)
    }

    @Test func aRunThatObservesTooMuchIsTold() {
        let storage = makeStorage()
        let registry = CallbackRegistry(limit: .seconds(60), observationLimit: 5)
        for (name, count) in [("modest", 5), ("excessive", 6)] {
            _ = registry.add(
                CallbackRegistry.Entry(name: name, storages: [storage]) { sink in
                    for _ in 0..<count { sink.observe(.int(1), storage, .empty) }
                })
        }
        let outcome = registry.observe { $0 }
        #expect(outcome?.overfull.map(\.name) == ["excessive"])
        #expect(outcome?.observations.map { $0.observations(of: storage).count } == [5, 5])
        #expect(storage.droppedMeasurements == 1)
    }

    /// K1: a loop that nobody waits for any more holds no memory.
    @Test func whatALateCallbackObservedIsFreed() {
        let provider = MeterProvider.make(callbackLimit: .milliseconds(20))
        let gate = Gate()
        let kept = Mutex<Observer<Int>?>(nil)
        _ = provider.meter("m").observableGauge("g", of: Int.self) { observer in
            kept.withLock { $0 = observer }
            observer.observe(1, ["k": 1])
            gate.pass()
        }
        _ = provider.collect()
        #expect(eventually { gate.arrivals == 1 })
        let observer = kept.withLock { $0 }
        #expect(observer.map { $0.sink.observations(of: $0.storage).isEmpty } == true)
        gate.open()
    }
}
