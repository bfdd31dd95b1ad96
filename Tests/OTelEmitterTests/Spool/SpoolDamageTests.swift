import Foundation
import Glibc
import TestSupport
import Testing

@testable import OTelEmitter

/// S2: files that are not as they were written, or that nobody here has written.
@Suite struct SpoolDamageTests {
    private let fixture = SpoolFixture()

    /// Five batches of a dead process, the third of which is changed.
    private func damage(_ change: (inout Data) -> Void) throws -> Spool {
        do {
            let dead = fixture.make("dead")
            for number in 1...5 as ClosedRange<UInt64> { try dead.store(.numbered(number)) }
        }
        let file = URL(filePath: fixture.batchFiles[2])
        var bytes = try Data(contentsOf: file)
        change(&bytes)
        try bytes.write(to: file)
        let spool = fixture.make("b")
        #expect(spool.settle().adoptedPoints == 15)
        return spool
    }

    private func expectOneLost(_ spool: Spool) throws {
        #expect(try spool.drain() == [1, 2, 4, 5])
        let change = spool.settle()
        #expect(change.lost == [.corrupt: 3])
        #expect(change.skippedFiles == 1)
        #expect(change.trouble == nil)
        #expect(spool.pending == SpoolVolume())
    }

    @Test(arguments: [0, 1, 11, 12, 15, 16, 51, 52, 53, 151])
    func aTruncatedFileIsSkipped(length: Int) throws {
        try expectOneLost(damage { $0 = $0.prefix(length) })
        #expect(fixture.names == [])
    }

    @Test func aLengthenedFileIsSkipped() throws {
        try expectOneLost(damage { $0 += [0] })
        #expect(fixture.names == [])
    }

    @Test func aZeroedFileIsSkipped() throws {
        try expectOneLost(damage { $0 = Data(count: $0.count) })
        #expect(fixture.names == [])
    }

    @Test(arguments: [0, 7, 20, 30, 41, 46, 50, 60, 151])
    func aFlippedBitIsSkipped(place: Int) throws {
        try expectOneLost(damage { $0[place] ^= 0x10 })
    }

    @Test func aGiantLengthTakesNoMemory() throws {
        try expectOneLost(damage { $0.replaceSubrange(44..<48, with: [0xFF, 0xFF, 0xFF, 0x7F]) })
    }

    @Test func aFileThatIsGoneIsDeclaredLost() throws {
        let spool = try damage { _ in }
        try FileManager.default.removeItem(atPath: fixture.batchFiles[2])
        try expectOneLost(spool)
    }

    @Test func aLaterVersionIsLeftForIt() throws {
        try expectOneLeft(damage { $0[8] = 2 })
    }

    @Test(arguments: 8..<16)
    func aFileWithAMarkThatIsNotKnownIsLeftAlone(place: Int) throws {
        try expectOneLeft(damage { $0[place] ^= 0x82 })
    }

    @Test func aFileWithAMarkThatIsNotKnownIsLeftAloneWhateverItsLength() throws {
        try expectOneLeft(damage { $0 = $0.prefix(12) + [2, 0, 0, 0] })
        try expectOneLeft(damage { $0 = $0.prefix(8) + [2, 0, 0, 0] })
        try expectOneLeft(
            damage {
                $0[12] |= 4
                $0 += [UInt8](repeating: 1, count: 1000)
            })
    }

    /// The third of five files stays as it is, is told once, and costs nothing.
    private func expectOneLeft(_ spool: Spool) throws {
        let name = fixture.batchFiles[2]
        let bytes = try Data(contentsOf: URL(filePath: name))
        #expect(try spool.drain() == [1, 2, 4, 5])
        let change = spool.settle()
        #expect(change.lost == [:])
        #expect(change.foreignPoints == 3)
        #expect(change.skippedFiles == 1)
        #expect(change.trouble == nil)
        #expect(spool.pending == SpoolVolume())
        #expect(fixture.batchFiles == [name])
        #expect(try Data(contentsOf: URL(filePath: name)) == bytes)
        // The directory is given back, and this process does not look at it again.
        fixture.pass(.seconds(61))
        #expect(spool.settle() == SpoolChange())
        let next = fixture.make("next")
        #expect(next.settle().adoptedPoints == 3)
        #expect(try next.drain() == [])
        #expect(next.settle().foreignPoints == 3)
        try FileManager.default.removeItem(atPath: fixture.path)
    }

    /// It was sound when this process stored it: somebody has put another one in its place.
    @Test func ofItsOwnFilesAMarkThatIsNotKnownIsALoss() throws {
        let spool = fixture.make("own")
        for number in 1...2 as ClosedRange<UInt64> { try spool.store(.numbered(number)) }
        let file = URL(filePath: fixture.batchFiles[0])
        var bytes = try Data(contentsOf: file)
        bytes[8] = 2
        try bytes.write(to: file)
        #expect(try spool.drain() == [2])
        let change = spool.settle()
        #expect(change.lost == [.corrupt: 3])
        #expect(change.foreignPoints == 0)
        #expect(change.skippedFiles == 1)
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test func foreignFilesAreCountedOnceAndStay() throws {
        do {
            let dead = fixture.make("dead")
            try dead.store(.numbered(1))
        }
        let folder = (fixture.batchFiles[0] as NSString).deletingLastPathComponent
        let foreign = [
            fixture.path + "/README", fixture.path + "/lost+found", folder + "/core",
            folder + "/x.batch", folder + "/.hidden", folder + "/x.tmp",
        ]
        for path in foreign { try Data([1]).write(to: URL(filePath: path)) }
        let spool = fixture.make("b")
        let change = spool.settle()
        #expect(change.skippedFiles == 6)
        #expect(change.trouble == nil)
        #expect(try spool.drain() == [1])
        for _ in 1...3 {
            fixture.pass(.seconds(61))
            #expect(spool.settle() == SpoolChange())
        }
        for path in foreign { #expect(FileManager.default.fileExists(atPath: path), "\(path)") }
        #expect(fixture.batchFiles == [folder + "/x.batch"])
    }

    @Test func whatOnlyHasTheNameOfABatchIsNeitherReadNorRemoved() throws {
        let spool = try damage { _ in }
        let victim = fixture.batchFiles[2]
        let target = fixture.path + "/target"
        try Data([1]).write(to: URL(filePath: target))
        for kind in ["link", "folder", "pipe", "socket"] {
            try FileManager.default.removeItem(atPath: victim)
            switch kind {
            case "link":
                try FileManager.default.createSymbolicLink(
                    atPath: victim, withDestinationPath: target)
            case "folder":
                try FileManager.default.createDirectory(
                    atPath: victim, withIntermediateDirectories: false)
            case "pipe": try #require(mkfifo(victim, 0o600) == 0)
            default: try #require(mknod(victim, S_IFSOCK | 0o600, 0) == 0)
            }
            let directory = try #require(spool.adopted.first)
            let name = try #require(SpoolName((victim as NSString).lastPathComponent))
            #expect(try directory.read(name) == .foreign, "\(kind)")
        }
        #expect(try spool.drain() == [1, 2, 4, 5])
        let change = spool.settle()
        #expect(change.lost == [:])
        #expect(change.foreignPoints == 3)
        #expect(change.skippedFiles == 1)
        #expect(fixture.batchFiles == [victim])
        #expect(FileManager.default.fileExists(atPath: target))
    }

    @Test func leftoversOfTheDeadAreRemoved() throws {
        do {
            let dead = fixture.make("dead")
            try dead.store(.numbered(1))
        }
        let folder = (fixture.batchFiles[0] as NSString).deletingLastPathComponent
        try Data(count: 999).write(to: URL(filePath: folder + "/batch.tmp"))
        let spool = fixture.make("b")
        #expect(spool.settle().skippedFiles == 0)
        #expect(!FileManager.default.fileExists(atPath: folder + "/batch.tmp"))
        #expect(try spool.drain() == [1])
        #expect(fixture.names == [])
    }

    @Test func aDirectoryOfDamagedFilesIsPassedInBoundedSteps() throws {
        do {
            let dead = fixture.make("dead")
            try dead.store(.numbered(0))
            let handle = try #require(dead.ownDirectory?.handle)
            for number in 1...UInt64(2 * Spool.skipLimit) {
                let name = SpoolName(sequence: number, collectedAt: 0, points: 3, bytes: 9)
                try SpoolFiles.system.close(SpoolFiles.system.open(handle, name.text, .writing))
            }
            try SpoolFiles.system.rename(
                handle, (fixture.batchFiles[0] as NSString).lastPathComponent,
                SpoolName(sequence: .max, collectedAt: 0, points: 3, bytes: 9).text)
        }
        let spool = fixture.make("b")
        _ = spool.settle()
        var empty = 0
        while try spool.next() == nil, spool.pending.batches > 0 { empty += 1 }
        #expect(empty == 2)
        #expect(spool.settle().lost == [.corrupt: 3 * (2 * Spool.skipLimit + 1)])
        #expect(fixture.names == [])
    }
}
