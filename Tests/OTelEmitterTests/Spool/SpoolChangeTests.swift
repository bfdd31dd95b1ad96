import Glibc
import Testing

@testable import OTelEmitter

@Suite struct SpoolChangeTests {
    private func error(_ operation: SpoolError.Operation) -> SpoolError {
        SpoolError(operation, "d", ErrorNumber(EIO))
    }

    private func time(_ seconds: Int64) -> MonotonicTime {
        MonotonicTime(nanoseconds: seconds * 1_000_000_000)
    }

    @Test func troubleIsToldOnceAndSoIsItsEnd() {
        var (troubles, change) = (SpoolTroubles(), SpoolChange())
        troubles.worked(.store, at: time(0), &change)
        #expect(change == SpoolChange())
        troubles.failed(error(.store), at: time(1), &change)
        #expect(change.trouble == error(.store))
        change = SpoolChange()
        troubles.failed(error(.store), at: time(2), &change)
        troubles.failed(error(.read), at: time(3), &change)
        troubles.worked(.store, at: time(4), &change)
        troubles.worked(.open, at: time(4), &change)
        #expect(change == SpoolChange())
        troubles.worked(.read, at: time(9), &change)
        #expect(change.recovered == .seconds(8))
    }

    /// Before anybody is told that it is over, it begins again.
    @Test func troubleThatIsOverForAMomentGoesOn() {
        var (troubles, change) = (SpoolTroubles(), SpoolChange())
        troubles.failed(error(.remove), at: time(1), &change)
        change = SpoolChange()
        troubles.worked(.remove, at: time(9), &change)
        troubles.failed(error(.open), at: time(9), &change)
        #expect(change.recovered == nil && change.trouble == error(.open))
        change = SpoolChange()
        troubles.worked(.open, at: time(20), &change)
        #expect(change.recovered == .seconds(19))
    }

    @Test func volumesAreSums() {
        let name = SpoolName(sequence: 1, collectedAt: 1, points: 3, bytes: 10)
        var volume = SpoolVolume()
        volume.add(name)
        volume.add(name)
        #expect(volume == SpoolVolume(batches: 2, points: 6, bytes: 124))
        #expect(volume + volume == SpoolVolume(batches: 4, points: 12, bytes: 248))
        volume.subtract(name)
        #expect(volume == SpoolVolume(batches: 1, points: 3, bytes: 62))
    }
}
