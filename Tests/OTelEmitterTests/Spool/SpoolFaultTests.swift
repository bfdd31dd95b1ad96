import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

/// S1, exhaustively: each call that the spool makes fails once, with each error number, before it
/// has done anything or after.
@Suite struct SpoolFaultTests {
    private let fixture = SpoolFixture()

    private func scriptWithoutFault() throws -> Int {
        let disk = SimulatedDisk()
        try SpoolScript.prepare(disk, fixture)
        let process = SimulatedProcess(disk)
        var script = SpoolScript()
        script.run(fixture.make(files: process.files))
        #expect(script.sent == [1, 2, 3, 4, 101, 102])
        #expect(script.refused == [])
        return process.calls
    }

    @Test(arguments: [ENOSPC, EDQUOT, EROFS, EACCES, EIO, EMFILE])
    func noBatchIsLostOrSentTwiceWhicheverCallFails(code: Int32) throws {
        let calls = try scriptWithoutFault()
        #expect(calls > 100)
        for call in 1...calls {
            try check(.fail(code), at: call)
            if code == EIO { try check(.failAfterwards(code), at: call) }
        }
    }

    private func check(_ fault: SimulatedProcess.Fault, at call: Int) throws {
        let note = Comment(rawValue: "\(fault) at call \(call)")
        let disk = SimulatedDisk()
        try SpoolScript.prepare(disk, fixture)
        let process = SimulatedProcess(disk)
        process.fault = { number, _ in number == call ? fault : nil }
        var script = SpoolScript()
        let spool = fixture.make(files: process.files)
        script.run(spool)
        script.expectBalance(spool, note)
        // It recovers by itself.
        process.fault = { _, _ in nil }
        fixture.pass(SpoolSurvey.interval)
        script.store(6, spool)
        #expect(script.stored.last == 6, note)
        script.settle(spool)
        script.send(spool)
        script.expectBalance(spool, note)
        #expect(script.ownSent == script.stored, note)
        spool.close()
        #expect(process.openCount == 0, note)
        process.end()
        // Whatever is still there is found by the next process.
        let next = SimulatedProcess(disk)
        let last = fixture.make("next", files: next.files)
        script.settle(last)
        script.send(last)
        #expect(script.sent.sorted() == (script.stored + [101, 102]).sorted(), note)
        last.close()
        let root = try disk.find(fixture.path, from: 0)
        #expect(disk.nodes[root].names.isEmpty, note)
    }

    @Test(arguments: [ENOSPC, EDQUOT, EROFS, EACCES, EIO])
    func aDiskThatStaysBrokenIsTriedEveryFewSecondsAndToldOnce(code: Int32) throws {
        let disk = SimulatedDisk()
        let process = SimulatedProcess(disk)
        let spool = fixture.make(files: process.files)
        try spool.store(.numbered(1))
        _ = spool.settle()
        process.fault = { _, name in ["write", "mkdir"].contains(name) ? .fail(code) : nil }
        let expected = SpoolError(.store, fixture.path, ErrorNumber(code))
        #expect(throws: expected) { try spool.store(.numbered(2)) }
        #expect(spool.maintain().trouble == expected)
        let calls = process.calls
        for _ in 1...100 { #expect(throws: expected) { try spool.store(.numbered(2)) } }
        #expect(process.calls == calls)
        for _ in 1...10 {
            fixture.pass(Spool.retryInterval)
            #expect(throws: expected) { try spool.store(.numbered(2)) }
            #expect(spool.maintain().trouble == nil)
        }
        process.fault = { _, _ in nil }
        fixture.pass(Spool.retryInterval)
        try spool.store(.numbered(2))
        #expect(spool.maintain().recovered == .seconds(55))
        #expect(try spool.drain() == [1, 2])
    }

    @Test func recoveryIsNoticedWithoutABatchToStore() throws {
        let process = SimulatedProcess(SimulatedDisk())
        let spool = fixture.make(files: process.files)
        process.fault = { _, name in name == "sync" ? .fail(EIO) : nil }
        #expect(throws: SpoolError.self) { try spool.store(.numbered(1)) }
        _ = spool.settle()
        for _ in 1...10 {
            fixture.pass(Spool.probeInterval)
            #expect(spool.settle().recovered == nil)
        }
        process.fault = { _, _ in nil }
        fixture.pass(Spool.retryInterval + Spool.probeInterval)
        #expect(spool.settle().recovered == .seconds(335))
        #expect(spool.settle() == SpoolChange())
        try spool.store(.numbered(1))
        #expect(try spool.drain() == [1])
    }

    @Test func onAFullDiskWhatIsThereIsSentAndRemoved() throws {
        let disk = SimulatedDisk()
        try SpoolScript.prepare(disk, fixture)
        let process = SimulatedProcess(disk)
        process.fault = { _, name in ["write", "mkdir"].contains(name) ? .fail(ENOSPC) : nil }
        let spool = fixture.make(files: process.files)
        #expect(spool.settle().adoptedPoints == 6)
        #expect(throws: SpoolError.self) { try spool.store(.numbered(1)) }
        #expect(try spool.drain() == [101, 102])
        let root = try disk.find(fixture.path, from: 0)
        #expect(disk.nodes[root].names.isEmpty)
    }

    @Test func aFileThatCannotBeReadIsLeftAsideAfterSomeAttempts() throws {
        let disk = SimulatedDisk()
        let process = SimulatedProcess(disk)
        let spool = fixture.make(files: process.files)
        try spool.store(.numbered(1))
        try spool.store(.numbered(2))
        var reads = 0
        process.fault = { _, name in
            guard name == "read" else { return nil }
            reads += 1
            return reads <= Spool.readAttemptLimit ? .fail(EIO) : nil
        }
        for _ in 1..<Spool.readAttemptLimit {
            #expect(throws: SpoolError(.read, fixture.path, ErrorNumber(EIO))) {
                _ = try spool.next()
            }
            #expect(throws: SpoolError.self) { _ = try spool.next() }
            fixture.pass(Spool.retryInterval)
        }
        #expect(try spool.next()?.batch.collection == 2)
        let change = spool.settle()
        #expect(change.lost == [.corrupt: 3])
        #expect(change.skippedFiles == 1)
        #expect(change.recovered == .seconds(10))
        // A later process may be able to read it.
        process.end()
        let next = fixture.make("next", files: SimulatedProcess(disk).files)
        _ = next.settle()
        #expect(try next.drain() == [1, 2])
    }
}
