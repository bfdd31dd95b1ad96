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

    @Test func statesCountInEquality() {
        let bare = MeterProvider.make().collect()
        func with(_ states: [Int: any Sendable & Equatable]) -> MetricsSnapshot {
            MetricsSnapshot(
                resource: bare.resource, time: bare.time, scopes: bare.scopes,
                states: CollectedStates(states))
        }
        #expect(with([:]) == bare)
        #expect(with([1: "x"]) != bare)
        #expect(with([1: "x"]) == with([1: "x"]))
        #expect(with([1: "x"]) != with([1: "y"]))
        #expect(with([1: "x"]) != with([2: "x"]))
        #expect(with([1: "x"]) != with([1: 1]))
    }

    @Test func aCopyOfASnapshotHasItsStates() {
        let provider = MeterProvider.make()
        let state = provider.collectState { 7 }
        let snapshot = provider.collect()
        let copy = MetricsSnapshot(
            resource: snapshot.resource, time: snapshot.time, scopes: snapshot.scopes,
            states: snapshot.states)
        #expect(copy == snapshot && copy.state(state) == 7)
    }
}
