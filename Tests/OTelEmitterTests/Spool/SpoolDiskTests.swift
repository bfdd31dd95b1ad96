import Foundation
import Glibc
import TestSupport
import Testing

@testable import OTelEmitter

/// S1 and S4 on real file systems: full, read-only, gone.
@Suite struct SpoolDiskTests {
    private static let reason: Comment = "this user may not mount file systems"

    @Test(.enabled(if: PrivateMount.isPermitted, reason))
    func aFullDiskIsRefusedAndRecoversOnceItIsDrained() async {
        await #expect(processExitsWith: .success) {
            let fixture = SpoolFixture()
            try PrivateMount.memory(at: fixture.path, options: "size=1m")
            let spool = fixture.make(byteLimit: 1 << 30)
            var stored: UInt64 = 0
            let failure = #expect(throws: SpoolError.self) {
                while true {
                    try spool.store(.numbered(stored, bytes: 100_000))
                    stored += 1
                }
            }
            #expect(failure?.code == ENOSPC)
            #expect((5...10).contains(stored))
            #expect(fixture.names.filter { $0.hasSuffix(".tmp") } == [])
            #expect(spool.settle().trouble == failure)
            // What is there can be sent and removed all the same, and then there is room.
            let half = try #require(try spool.next())
            spool.finish(half)
            fixture.pass(Spool.retryInterval)
            try spool.store(.numbered(stored, bytes: 100_000))
            #expect(spool.settle().recovered == Spool.retryInterval)
            #expect(try spool.drain() == Array(1...stored))
        }
    }

    @Test(.enabled(if: PrivateMount.isPermitted, reason))
    func aDiskThatIsFullAtTheStartIsDrained() async {
        await #expect(processExitsWith: .success) {
            let fixture = SpoolFixture()
            try PrivateMount.memory(at: fixture.path, options: "size=1m")
            do {
                let dead = fixture.make("dead")
                for number in 1...3 as ClosedRange<UInt64> {
                    try dead.store(.numbered(number, bytes: 50_000))
                }
            }
            let filler = fopen(fixture.path + "/filler", "w")
            while fwrite([UInt8](repeating: 1, count: 4096), 1, 4096, filler) == 4096,
                fflush(filler) == 0
            {}
            let spool = fixture.make("b")
            #expect(spool.settle().adoptedPoints == 9)
            let failure = #expect(throws: SpoolError.self) {
                try spool.store(.numbered(9, bytes: 100_000))
            }
            #expect(failure?.code == ENOSPC)
            #expect(try spool.drain() == [1, 2, 3])
            fixture.pass(Spool.retryInterval)
            try spool.store(.numbered(9, bytes: 100_000))
            #expect(try spool.drain() == [9])
        }
    }

    @Test(.enabled(if: PrivateMount.isPermitted, reason))
    func aDiskWithoutInodesIsRefusedAndLeavesNothing() async {
        await #expect(processExitsWith: .success) {
            let fixture = SpoolFixture()
            try PrivateMount.memory(at: fixture.path, options: "nr_inodes=4")
            let spool = fixture.make()
            try spool.store(.numbered(1))
            let failure = #expect(throws: SpoolError.self) { try spool.store(.numbered(2)) }
            #expect(failure?.code == ENOSPC)
            #expect(try spool.drain() == [1])
            fixture.pass(Spool.retryInterval)
            try spool.store(.numbered(2))
            #expect(try spool.drain() == [2])
        }
    }

    @Test(.enabled(if: PrivateMount.isPermitted, reason))
    func aReadOnlyDiskIsToldAndUsedAgainOnceItIsWritable() async {
        await #expect(processExitsWith: .success) {
            let fixture = SpoolFixture()
            try PrivateMount.memory(at: fixture.path, options: "size=1m")
            do {
                let dead = fixture.make("dead")
                try dead.store(.numbered(1))
            }
            try PrivateMount.remount(fixture.path, readOnly: true)
            let spool = fixture.make("b")
            let change = spool.settle()
            #expect(change.trouble == SpoolError(.open, fixture.path, ErrorNumber(EROFS)))
            #expect(change.adoptedPoints == 0)
            #expect(throws: SpoolError(.store, fixture.path, ErrorNumber(EROFS))) {
                try spool.store(.numbered(2))
            }
            #expect(spool.settle() == SpoolChange())
            try PrivateMount.remount(fixture.path, readOnly: false)
            fixture.pass(Spool.retryInterval)
            try spool.store(.numbered(2))
            let after = spool.settle()
            #expect(after.recovered == Spool.retryInterval)
            #expect(after.adoptedPoints == 3)
            #expect(try spool.drain() == [2, 1])
        }
    }

    @Test func aDirectoryThatIsRemovedIsMadeAgain() throws {
        let fixture = SpoolFixture()
        let spool = fixture.make()
        try spool.store(.numbered(1))
        try spool.store(.numbered(2))
        try FileManager.default.removeItem(atPath: fixture.path)
        // No attempt is lost over it, and what was removed is declared.
        try spool.store(.numbered(3))
        #expect(spool.settle().lost == [.corrupt: 6])
        #expect(fixture.batchFiles.count == 1)
        #expect(try spool.drain() == [3])
    }

    @Test func aDirectoryThatIsReplacedIsUsed() throws {
        let fixture = SpoolFixture()
        let spool = fixture.make()
        _ = spool.settle()
        try FileManager.default.removeItem(atPath: fixture.path)
        try FileManager.default.createDirectory(
            atPath: fixture.path, withIntermediateDirectories: false)
        do {
            let dead = fixture.make("dead")
            try dead.store(.numbered(1))
        }
        try spool.store(.numbered(2))
        fixture.pass(SpoolSurvey.interval)
        #expect(spool.settle().adoptedPoints == 3)
        #expect(try spool.drain() == [2, 1])
    }

    @Test func aPathThatIsNoDirectoryIsToldAndTriedAgain() throws {
        let fixture = SpoolFixture()
        try Data([1]).write(to: URL(filePath: fixture.path))
        let spool = fixture.make()
        #expect(spool.settle().trouble == SpoolError(.open, fixture.path, ErrorNumber(ENOTDIR)))
        #expect(throws: SpoolError(.store, fixture.path, ErrorNumber(ENOTDIR))) {
            try spool.store(.numbered(1))
        }
        try FileManager.default.removeItem(atPath: fixture.path)
        fixture.pass(Spool.retryInterval)
        #expect(spool.settle().trouble == nil)
        try spool.store(.numbered(1))
        #expect(spool.settle().recovered == Spool.retryInterval)
    }

    @Test(arguments: ["", "/dev/null/x", "/proc/spool", String(repeating: "x", count: 300)])
    func anImpossiblePathThrowsAndHarmsNothing(path: String) {
        let fixture = SpoolFixture()
        let spool = Spool(
            SpoolOptions(directory: path), clock: fixture.clock, incarnation: "a")
        #expect(throws: SpoolError.self) { try spool.store(.numbered(1)) }
        #expect(spool.settle().trouble != nil)
        #expect(spool.pending == SpoolVolume())
        spool.close()
    }

    @Test func missingFoldersAboveAreMade() throws {
        let fixture = SpoolFixture()
        var options = SpoolOptions(directory: fixture.path + "/a//b/c/")
        options.byteLimit = 1 << 20
        let spool = Spool(options, clock: fixture.clock, incarnation: "a")
        try spool.store(.numbered(1))
        #expect(fixture.batchFiles.count == 1)
        #expect(fixture.names.prefix(3) == ["a", "a/b", "a/b/c"])
    }
}
