import Synchronization
import Testing

@testable import Instruments

@Suite struct CollectedStateTests {
    @Test func theStateIsCopiedInTheSameCollection() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c")
        let reads = Mutex<[Int]>([])
        let state = provider.collectState {
            // What is recorded here still belongs to this collection: states are read first.
            counter.add(1)
            return reads.withLock { reads in
                reads.append(reads.count + 1)
                return reads.count
            }
        }
        let first = provider.collect()
        let second = provider.collect()
        #expect(first.state(state) == 1)
        #expect(second.state(state) == 2)
        #expect(first.metric("c", scope: "m")?.values == [.int(1)])
        #expect(second.metric("c", scope: "m")?.values == [.int(2)])
        #expect(reads.withLock { $0 } == [1, 2])
    }

    @Test func aSnapshotOfBeforeOrOfAnotherProviderHasNone() {
        let provider = MeterProvider.make()
        let before = provider.collect()
        let state = provider.collectState { "x" }
        #expect(before.state(state) == nil)
        #expect(MeterProvider.make().collect().state(state) == nil)
        #expect(provider.collect().state(state) == "x")
    }

    @Test func statesOfOneTypeAreToldApart() {
        let provider = MeterProvider.make()
        let one = provider.collectState { 1 }
        let two = provider.collectState { 2 }
        let nothing = provider.collectState { Int?.none }
        let snapshot = provider.collect()
        #expect(snapshot.state(one) == 1)
        #expect(snapshot.state(two) == 2)
        #expect(snapshot.state(nothing) == .some(nil))
    }

    @Test func statesDoNotCountInEquality() {
        let clock = MeterProvider.make()
        let bare = clock.collect()
        let snapshot = MetricsSnapshot(
            resource: bare.resource, time: bare.time, scopes: bare.scopes, states: [1: "x"])
        #expect(snapshot == bare)
    }
}
