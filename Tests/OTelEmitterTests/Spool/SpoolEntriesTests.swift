import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolEntriesTests {
    private func name(_ sequence: UInt64, at time: UInt64 = 5) -> SpoolName {
        SpoolName(sequence: sequence, collectedAt: time, points: 2, bytes: 10)
    }

    private func removed(_ name: SpoolName, from entries: inout SpoolEntries) -> Bool {
        entries.removeFirst(name)
    }

    private func age(of entries: inout SpoolEntries, at now: UInt64) -> UInt64? {
        entries.ageOfFirst(at: now)
    }

    @Test func whatWasListedInAnyOrderLeavesInThatOfSending() {
        let seed: UInt64 = 4
        var random = SeededRandom(seed: seed)
        var entries = SpoolEntries()
        for sequence in (0..<500 as Range<UInt64>).shuffled(using: &random) {
            entries.append(name(sequence), seenAt: 9)
        }
        entries.sort()
        #expect(entries.volume == SpoolVolume(batches: 500, points: 1000, bytes: 31_000))
        for sequence in 0..<500 as Range<UInt64> {
            #expect(entries.first == name(sequence), "seed \(seed)")
            #expect(!removed(name(sequence + 1), from: &entries))
            #expect(removed(name(sequence), from: &entries))
        }
        #expect(entries.first == nil)
        #expect(entries.volume == SpoolVolume())
        #expect(!removed(name(0), from: &entries))
    }

    @Test func sortingAfterRemovingForgetsWhatIsGone() {
        var entries = SpoolEntries()
        for sequence in [3, 2, 1] as [UInt64] { entries.append(name(sequence), seenAt: 9) }
        #expect(removed(name(3), from: &entries))
        entries.sort()
        #expect(entries.first == name(1))
        #expect(entries.volume.batches == 2)
    }

    @Test func ageCountsFromCollectionButNeverFromTheFuture() {
        var entries = SpoolEntries()
        #expect(age(of: &entries, at: 100) == nil)
        entries.append(name(1, at: 90), seenAt: 100)
        #expect(age(of: &entries, at: 100) == 10)
        _ = entries.removeFirst(name(1, at: 90))
        entries.append(name(2, at: .max), seenAt: 100)
        #expect(age(of: &entries, at: 100) == 0)
        #expect(age(of: &entries, at: 130) == 30)
        // The clock steps back: it is as if it had been collected now.
        #expect(age(of: &entries, at: 50) == 0)
        #expect(age(of: &entries, at: 60) == 10)
    }
}
