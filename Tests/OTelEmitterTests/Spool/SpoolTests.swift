import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct SpoolTests {
    private let fixture = SpoolFixture()

    /// The part of a process that ends without a word.
    private func leave(_ numbers: ClosedRange<UInt64>, _ incarnation: String = "a") throws {
        let spool = fixture.make(incarnation)
        for number in numbers { try spool.store(.numbered(number)) }
    }

    @Test func makingASpoolTouchesNoDisk() {
        let spool = fixture.make()
        #expect(spool.pending == SpoolVolume())
        #expect(fixture.names == [])
    }

    @Test func batchesComeBackWholeAndInTheirOrder() throws {
        let spool = fixture.make()
        for number in 1...50 as ClosedRange<UInt64> {
            try spool.store(.numbered(number, bytes: Int(number) * 37))
        }
        #expect(spool.own.batches == 50)
        #expect(spool.own.points == 150)
        for number in 1...50 as ClosedRange<UInt64> {
            let found = try #require(try spool.next())
            #expect(found.batch == .numbered(number, bytes: Int(number) * 37))
            #expect(!found.isInherited)
            #expect(spool.finish(found))
        }
        #expect(try spool.next() == nil)
        #expect(spool.pending == SpoolVolume())
        #expect(fixture.batchFiles == [])
    }

    @Test func aBatchIsGivenAgainUntilItIsFinished() throws {
        let spool = fixture.make()
        try spool.store(.numbered(1))
        try spool.store(.numbered(2))
        #expect(try spool.next()?.batch.collection == 1)
        let again = try #require(try spool.next())
        #expect(again.batch.collection == 1)
        #expect(spool.finish(again))
        #expect(!spool.finish(again))
        #expect(try spool.drain() == [2])
    }

    @Test func whatADeadProcessLeftIsAdoptedOnceAndInOrder() throws {
        try leave(1...20)
        let spool = fixture.make("b")
        let change = spool.settle()
        #expect(change.adoptedPoints == 60)
        #expect(change.trouble == nil)
        #expect(spool.inherited.batches == 20)
        #expect(try #require(try spool.next()).isInherited)
        #expect(try spool.drain() == Array(1...20))
        #expect(spool.settle().adoptedPoints == 0)
        // The directory of the dead is gone with its last batch.
        #expect(fixture.names == [])
    }

    @Test func ownBatchesGoBeforeThoseOfTheDead() throws {
        try leave(1...2)
        let spool = fixture.make("b")
        _ = spool.settle()
        try spool.store(.numbered(10))
        try spool.store(.numbered(11))
        #expect(try spool.drain() == [10, 11, 1, 2])
    }

    @Test func olderIncarnationsGoFirst() throws {
        for (index, name) in ["z", "m", "a"].enumerated() {
            try leave(UInt64(index)...UInt64(index), name)
            fixture.pass(.seconds(1))
        }
        let spool = fixture.make("b")
        _ = spool.settle()
        #expect(try spool.drain() == [0, 1, 2])
    }

    @Test func whatALivingProcessHasIsLeftAlone() throws {
        let living = fixture.make("a")
        try living.store(.numbered(1))
        let other = fixture.make("b")
        #expect(other.settle().adoptedPoints == 0)
        #expect(try other.next() == nil)
        try other.store(.numbered(2))
        fixture.pass(.seconds(61))
        #expect(living.settle().adoptedPoints == 0)
        #expect(try living.drain() == [1])
        #expect(try other.drain() == [2])
    }

    @Test func anAdopterThatDiesLeavesTheRestToTheNext() throws {
        try leave(1...10)
        do {
            let adopter = fixture.make("b")
            _ = adopter.settle()
            for _ in 1...4 { adopter.finish(try #require(try adopter.next())) }
        }
        let last = fixture.make("c")
        #expect(last.settle().adoptedPoints == 18)
        #expect(try last.drain() == Array(5...10))
    }

    @Test func closingRemovesWhatIsEmptyAndGivesTheRestBack() throws {
        try leave(1...2)
        let spool = fixture.make("b")
        _ = spool.settle()
        try spool.store(.numbered(3))
        spool.finish(try #require(try spool.next()))
        spool.close()
        #expect(fixture.batchFiles.count == 2)
        let next = fixture.make("c")
        #expect(next.settle().adoptedPoints == 6)
        #expect(try next.drain() == [1, 2])
        #expect(fixture.names == [])
    }

    @Test func filesAreForTheirOwnerAlone() throws {
        let spool = fixture.make()
        try spool.store(.numbered(1))
        for name in [""] + fixture.names {
            let path = fixture.path + "/" + name
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
            #expect(attributes[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
        }
    }

    @Test func aBatchWithoutATimeGetsThatOfStoring() throws {
        let spool = fixture.make()
        fixture.pass(.seconds(9))
        try spool.store(.numbered(1, at: 0))
        #expect(try spool.next()?.batch.collectedAt == SpoolFixture.start + 9_000_000_000)
    }

    @Test func aBatchBeyondTheLimitStaysWithTheCaller() throws {
        let spool = fixture.make(byteLimit: 200)
        #expect(throws: SpoolError(.store, fixture.path, ErrorNumber(EFBIG))) {
            try spool.store(.numbered(1, bytes: 149))
        }
        try spool.store(.numbered(2, bytes: 148))
        #expect(spool.settle().trouble == nil)
        #expect(try spool.drain() == [2])
    }
}
