import Foundation
import InstrumentsTesting
import TestSupport
import Testing

@testable import OTelEmitter

/// The limits of bytes and age, and the bounds of one call.
@Suite struct SpoolMaintainTests {
    private let fixture = SpoolFixture()
    private static let size = SpoolFormat.headerBytes + 100

    @Test func theOldestOfThisProcessMakesRoom() throws {
        let spool = fixture.make(byteLimit: 5 * Self.size)
        for number in 1...8 as ClosedRange<UInt64> { try spool.store(.numbered(number)) }
        #expect(spool.settle().lost == [.spoolLimit: 9])
        #expect(spool.own.bytes == 5 * Self.size)
        #expect(fixture.batchFiles.count == 5)
        #expect(try spool.drain() == [4, 5, 6, 7, 8])
    }

    @Test func whatTheDeadLeftIsGivenUpFirst() throws {
        do {
            let dead = fixture.make("dead")
            for number in 1...3 as ClosedRange<UInt64> { try dead.store(.numbered(number)) }
        }
        let spool = fixture.make(byteLimit: 4 * Self.size)
        #expect(spool.settle().lost == [:])
        for number in 11...13 as ClosedRange<UInt64> { try spool.store(.numbered(number)) }
        #expect(spool.takeChange().lost == [.spoolLimit: 6])
        #expect(try spool.drain() == [11, 12, 13, 3])
    }

    @Test func aLoweredLimitIsAppliedToWhatIsThere() throws {
        do {
            let dead = fixture.make("dead")
            for number in 1...9 as ClosedRange<UInt64> { try dead.store(.numbered(number)) }
        }
        let spool = fixture.make(byteLimit: 2 * Self.size)
        var lost = spool.settle().lost
        lost.merge(spool.settle().lost) { $0 + $1 }
        #expect(lost == [.spoolLimit: 21])
        #expect(try spool.drain() == [8, 9])
    }

    @Test func bytesOfLivingNeighboursCountButAreTheirs() throws {
        let neighbour = fixture.make("b")
        for number in 1...6 as ClosedRange<UInt64> { try neighbour.store(.numbered(number)) }
        let spool = fixture.make("a", byteLimit: 10 * Self.size)
        _ = spool.settle()
        for number in 11...20 as ClosedRange<UInt64> { try spool.store(.numbered(number)) }
        // Half of the limit is this process's part, whatever the neighbour has.
        #expect(spool.settle().lost == [.spoolLimit: 15])
        #expect(spool.own.batches == 5)
        #expect(neighbour.own.batches == 6)
        #expect(fixture.batchFiles.count == 11)
    }

    @Test func theBatchThatIsBeingSentMayBeGivenUp() throws {
        let spool = fixture.make(byteLimit: 2 * Self.size)
        try spool.store(.numbered(1))
        let first = try #require(try spool.next())
        try spool.store(.numbered(2))
        try spool.store(.numbered(3))
        #expect(spool.takeChange().lost == [.spoolLimit: 3])
        // It is declared lost, and can't count as delivered, too.
        #expect(!spool.finish(first))
        #expect(try spool.drain() == [2, 3])
    }

    @Test func whatIsTooOldIsDeclaredLost() throws {
        do {
            let dead = fixture.make("dead")
            try dead.store(.numbered(1, at: fixture.wall.now()))
            fixture.pass(.seconds(40))
            try dead.store(.numbered(2, at: fixture.wall.now()))
        }
        let spool = fixture.make(ageLimit: .seconds(100))
        try spool.store(.numbered(3, at: fixture.wall.now()))
        _ = spool.settle()
        fixture.pass(.seconds(59))
        #expect(spool.settle().lost == [:])
        fixture.pass(.seconds(1))
        #expect(spool.settle().lost == [.expired: 3])
        fixture.pass(.seconds(39))
        #expect(spool.settle().lost == [:])
        fixture.pass(.seconds(1))
        #expect(spool.settle().lost == [.expired: 6])
        #expect(spool.pending == SpoolVolume())
        #expect(fixture.batchFiles == [])
    }

    @Test func aClockThatWasWrongMakesNothingImmortalOrOld() throws {
        let spool = fixture.make(ageLimit: .seconds(100))
        let year = 365 * SpoolFixture.day
        // It was a year ahead, and then it was set right.
        try spool.store(.numbered(1, at: fixture.wall.now() + year))
        #expect(spool.settle().lost == [:])
        fixture.wall.advance(by: .nanoseconds(-1_000_000_000))
        #expect(spool.settle().lost == [:])
        fixture.pass(.seconds(99))
        #expect(spool.settle().lost == [:])
        fixture.pass(.seconds(1))
        #expect(spool.settle().lost == [.expired: 3])
    }

    @Test(arguments: [0, -1, 1, 151])
    func aLimitThatFitsNothingKeepsNothing(limit: Int) throws {
        let spool = fixture.make(byteLimit: limit)
        #expect(throws: SpoolError.self) { try spool.store(.numbered(1)) }
        #expect(spool.settle().lost == [:])
        #expect(fixture.batchFiles == [])
    }

    @Test func aLargeDirectoryIsTakenInPieceByPiece() throws {
        let process = SimulatedProcess(SimulatedDisk())
        let count = 3 * SpoolBudget.stepLimit
        let files = process.files
        let root = SpoolRoot(path: fixture.path, files: files)
        var dead: SpoolDirectory? = try root.makeIncarnation("dead", at: 1)
        let handle = try #require(dead?.handle)
        for number in 0..<UInt64(count) {
            let name = SpoolName(
                sequence: number, collectedAt: fixture.wall.now(), points: 1, bytes: 0)
            try files.close(files.open(handle, name.text, .writing))
        }
        dead = nil
        let spool = fixture.make(byteLimit: .max, files: files)
        var (rounds, adopted) = (0, 0)
        while true {
            let before = process.calls
            let change = spool.maintain()
            #expect(process.calls - before <= SpoolBudget.stepLimit + 32)
            rounds += 1
            adopted += change.adoptedPoints
            guard change.isUnfinished else { break }
            #expect(rounds < 10)
        }
        #expect(rounds == 4)
        #expect(adopted == count)
        // Now nothing is due, and nothing is done.
        let before = process.calls
        for _ in 0..<100 { #expect(spool.maintain() == SpoolChange()) }
        #expect(process.calls == before)
    }

    @Test func whatManyDeadProcessesLeftIsAdoptedBitByBit() throws {
        let disk = SimulatedDisk()
        let count = UInt64(3 * SpoolSurvey.adoptionLimit)
        for number in 0..<count {
            let process = SimulatedProcess(disk)
            try fixture.make("dead", files: process.files).store(.numbered(number))
            process.end()
            fixture.pass(.milliseconds(1))
        }
        let process = SimulatedProcess(disk)
        let spool = fixture.make(files: process.files)
        var sent: [UInt64] = []
        for round in 1...3 {
            #expect(spool.settle().adoptedPoints == 3 * SpoolSurvey.adoptionLimit)
            #expect(process.openCount == 2 * SpoolSurvey.adoptionLimit)
            sent += try spool.drain()
            #expect(sent.count == round * SpoolSurvey.adoptionLimit)
        }
        #expect(sent == Array(0..<count))
        #expect(spool.settle() == SpoolChange())
        #expect(process.openCount == 0)
    }

    @Test func nothingIsDoneOnceTheDeadlineHasPassed() throws {
        let process = SimulatedProcess(SimulatedDisk())
        try? process.files.makeDirectory(SpoolFiles.workingDirectory, fixture.path)
        let spool = fixture.make(files: process.files)
        let before = process.calls
        let change = spool.maintain(until: fixture.clock.now())
        #expect(change.isUnfinished)
        // The directory may be opened, but it is not walked through.
        #expect(process.calls - before < 20)
        #expect(!spool.settle().isUnfinished)
    }
}
