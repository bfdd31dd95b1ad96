import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

/// S3, exhaustively: a second process does all that it does between any two calls of the first.
@Suite struct SpoolNeighbourTests {
    private let fixture = SpoolFixture()

    /// Runs one script with another one inside, after a number of calls. False if there were fewer.
    private func run(_ call: Int, _ inner: @escaping (inout SpoolScript, Spool) -> Void) throws
        -> Bool
    {
        let note = Comment(rawValue: "the other runs at call \(call)")
        let disk = SimulatedDisk()
        try SpoolScript.prepare(disk, fixture)
        let (first, second) = (SimulatedProcess(disk), SimulatedProcess(disk))
        let other = fixture.make("b", files: second.files)
        var script = SpoolScript()
        var otherScript = SpoolScript()
        first.fault = { number, _ in
            if number == call { inner(&otherScript, other) }
            return nil
        }
        let spool = fixture.make("a", files: first.files)
        script.run(spool)
        let calls = first.calls
        first.fault = { _, _ in nil }
        #expect(script.refused + otherScript.refused == [], note)
        // What the one gives back the other may take.
        for _ in 1...2 {
            fixture.pass(SpoolSurvey.interval)
            for _ in 1...2 {
                script.settle(spool)
                script.send(spool)
                otherScript.settle(other)
                otherScript.send(other)
            }
        }
        #expect(script.ownSent == script.stored, note)
        #expect(otherScript.ownSent == otherScript.stored, note)
        let sent = script.sent + otherScript.sent
        #expect(sent.filter { $0 > 100 }.sorted() == [101, 102], note)
        script.expectBalance(spool, note)
        otherScript.expectBalance(other, note)
        spool.close()
        other.close()
        let root = try disk.find(fixture.path, from: 0)
        #expect(disk.nodes[root].names.isEmpty, note)
        return calls >= call
    }

    @Test func noBatchIsSentTwiceOrMissedWhileBothWork() throws {
        var call = 1
        while try run(call, { $0.run($1) }) { call += 1 }
        #expect(call > 100)
    }

    @Test func anAdopterThatPausesWithoutFinishingKeepsWhatItHas() throws {
        var call = 1
        while try run(call, { script, spool in script.settle(spool) }) { call += 1 }
    }

    @Test func aNeighbourThatComesAndGoesDisturbsNobody() throws {
        var call = 1
        while try run(
            call,
            { script, spool in
                script.run(spool)
                script.send(spool)
                spool.close()
            })
        { call += 1 }
    }

    @Test func withoutLocksNothingIsAdoptedUnlessAnOperatorSaysSo() throws {
        let disk = SimulatedDisk()
        disk.hasLocks = false
        try SpoolScript.prepare(disk, fixture)
        let spool = fixture.make("b", files: SimulatedProcess(disk).files)
        #expect(spool.settle().adoptedPoints == 0)
        try spool.store(.numbered(1))
        #expect(try spool.drain() == [1])
        spool.close()
        // Another machine may have locks, and still can't know about a process on the first one.
        disk.hasLocks = true
        let other = fixture.make("c", files: SimulatedProcess(disk).files)
        fixture.pass(.seconds(1))
        #expect(other.settle().adoptedPoints == 0)
        other.close()
        let replay = Spool(
            SpoolOptions(directory: fixture.path), clock: fixture.clock, incarnation: "d",
            files: SimulatedProcess(disk).files, adoptsUnlocked: true)
        #expect(replay.settle().adoptedPoints == 6)
        #expect(try replay.drain() == [101, 102])
        let root = try disk.find(fixture.path, from: 0)
        #expect(disk.nodes[root].names.isEmpty)
    }
}
