import CThreadCells
import Synchronization
import TestSupport
import Testing

@testable import Instruments

@Suite struct InstrumentStorageLookupTests {
    /// A thread that records levels only writes to shared cells, but reads the table without a lock
    /// as any other.
    @Test func aThreadThatOnlyRecordsLevelsTakesNoLockEither() {
        let provider = MeterProvider.make()
        let gauge = provider.meter("m").gauge("g")
        gauge.record(1, "k", "v")
        let isFound = Atomic(false)
        // Threads of other tests may have all blocks for a while.
        let hasBlock = eventually {
            Threads.run(1) { _ in
                gauge.record(2, "k", "v")
                guard tcells_has_block() else { return }
                let set: AttributeSet = ["k": "v"]
                let found = gauge.storage.lookup.write(
                    set.attributeHash, { AttributeBytes.areEqual($0, set.bytes) }, { _ in })
                isFound.store(found, ordering: .relaxed)
            }
            return isFound.load(ordering: .relaxed)
        }
        #expect(hasBlock)
        #expect(provider.collected("g")?.values == [.double(2)])
    }
}
