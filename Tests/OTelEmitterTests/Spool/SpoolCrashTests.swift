import Foundation
import TestSupport
import Testing

@testable import OTelEmitter

/// P4 and S6, exhaustively: the process dies, or the power fails, at each call that the spool
/// makes.
@Suite struct SpoolCrashTests {
    private let fixture = SpoolFixture()

    /// Runs the script until it is dead at a call. Nil if it makes fewer calls.
    private func die(at call: Int) throws -> (SimulatedDisk, SpoolScript)? {
        let disk = SimulatedDisk()
        try SpoolScript.prepare(disk, fixture)
        let process = SimulatedProcess(disk)
        process.fault = { number, _ in number == call ? .die : nil }
        var script = SpoolScript()
        // Dead code runs on without any effect.
        let spool = fixture.make(files: process.files)
        script.run(spool)
        spool.close()
        process.end()
        return process.calls < call ? nil : (disk, script)
    }

    /// What the next process finds.
    private func recover(_ disk: SimulatedDisk) throws -> [UInt64] {
        fixture.pass(.seconds(1))
        let process = SimulatedProcess(disk)
        let spool = fixture.make("next", files: process.files)
        #expect(spool.settle().skippedFiles == 0)
        let found = try spool.drain()
        #expect(spool.settle().lost == [:])
        spool.close()
        let root = try disk.find(fixture.path, from: 0)
        #expect(
            disk.nodes[root].names.isEmpty,
            "\(disk.nodes[root].names.values.map { disk.nodes[$0].names })")
        return found
    }

    @Test func whatWasStoredAndNotFinishedIsFoundOnceInOrder() throws {
        var call = 1
        while let (disk, script) = try die(at: call) {
            let note = Comment(rawValue: "dead at call \(call)")
            let found = try recover(disk)
            #expect(Set(found).count == found.count, note)
            let own = found.filter { $0 < 100 }
            #expect(own == own.sorted(), note)
            // One batch may have been on its way in or out when it happened.
            let waiting = Set(script.stored + [101, 102]).subtracting(script.sent)
            #expect(waiting.isSubset(of: found), note)
            let unexpected = Set(found).subtracting(waiting)
            let inDoubt = Set(script.sent.suffix(1) + script.refused.prefix(1))
            #expect(unexpected.isSubset(of: inDoubt), note)
            call += 1
        }
        #expect(call > 100)
    }

    @Test func aLossOfPowerTakesNothingThatWasStored() throws {
        let seed: UInt64 = 606
        var random = SeededRandom(seed: seed)
        var call = 1
        while try die(at: call) != nil {
            for _ in 1...4 {
                guard let (disk, script) = try die(at: call) else { continue }
                let note = Comment(rawValue: "seed \(seed), no power at call \(call)")
                disk.losePower(&random)
                let found = try recover(disk)
                #expect(Set(found).count == found.count, note)
                let own = found.filter { $0 < 100 }
                #expect(own == own.sorted(), note)
                let waiting = Set(script.stored + [101, 102]).subtracting(script.sent)
                #expect(waiting.isSubset(of: found), note)
                // Removals need not last, so what was sent may come again.
                let known = Set(script.stored + script.refused + [101, 102])
                #expect(Set(found).isSubset(of: known), note)
            }
            call += 1
        }
    }
}
