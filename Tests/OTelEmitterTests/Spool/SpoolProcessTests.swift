import Foundation
import Glibc
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

/// S3 and P4 with real processes on one directory.
@Suite struct SpoolProcessTests {
    /// Lines that processes write, each with one call, and that survive them.
    private struct Journal {
        let file: Int32

        init(_ path: String) {
            file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        }

        func add(_ word: String, _ number: UInt64) {
            let line = Array("\(word) \(number)\n".utf8)
            _ = line.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        }

        static func numbers(_ word: String, in path: String) -> [UInt64] {
            String(decoding: Program.bytes(of: path), as: UTF8.self).split(separator: "\n")
                .filter { $0.hasPrefix(word + " ") }
                .compactMap { UInt64($0.dropFirst(word.count + 1)) }
        }
    }

    private static func make(_ path: String, _ name: String) -> Spool {
        var options = SpoolOptions(directory: path)
        options.ageLimit = .seconds(3600)
        return Spool(options, clock: .system, incarnation: name)
    }

    /// One of several processes that store, adopt and send at the same time.
    private static func work(_ path: String, _ process: Int, of processes: Int) throws {
        let journal = Journal(path + ".journal")
        let spool = make(path, "p\(process)")
        // All begin at once.
        journal.add("ready", UInt64(process))
        while Journal.numbers("ready", in: path + ".journal").count < processes { poll(nil, 0, 1) }
        for round in 0..<rounds {
            spool.nextSurvey = MonotonicTime(nanoseconds: .min)
            _ = spool.settle()
            try spool.store(.numbered(UInt64(10_000 * process + round), at: WallClock.now()))
            while let found = try spool.next() {
                journal.add("sent", found.batch.collection)
                spool.finish(found)
                if found.isInherited { break }
            }
        }
        spool.close()
    }

    private static let rounds = 40
    private static let processes = 3

    @Test func processesOnOneDirectorySendEachBatchOnce() async throws {
        let fixture = SpoolFixture()
        var expected: [UInt64] = []
        for directory in 0..<12 as Range<UInt64> {
            let dead = fixture.make("dead")
            for batch in 0..<4 as Range<UInt64> {
                expected.append(directory * 100 + batch)
                try dead.store(.numbered(directory * 100 + batch, at: WallClock.now()))
            }
        }
        let path = fixture.path
        await withTaskGroup(of: Void.self) { group in
            for process in 1...Self.processes {
                group.addTask {
                    await #expect(processExitsWith: .success) {
                        [path = path as String, process = process as Int] in
                        try SpoolProcessTests.work(path, process, of: SpoolProcessTests.processes)
                    }
                }
            }
        }
        for process in 1...Self.processes {
            for round in 0..<Self.rounds { expected.append(UInt64(10_000 * process + round)) }
        }
        // They may have left some.
        let last = fixture.make("last")
        _ = last.settle()
        let sent = Journal.numbers("sent", in: path + ".journal")
        #expect(try (sent + last.drain()).sorted() == expected)
        #expect(sent.filter { $0 < 10_000 }.count > 12)
        #expect(fixture.names == [])
        unlink(path + ".journal")
    }

    /// Stores and sends until it is killed.
    private static func live(_ path: String, _ journal: Journal) throws {
        let spool = make(path, "victim")
        for number in 0... as PartialRangeFrom<UInt64> {
            journal.add("storing", number)
            try spool.store(.numbered(number, bytes: 5000, at: WallClock.now()))
            journal.add("stored", number)
            guard number % 3 == 2, let found = try spool.next() else { continue }
            journal.add("sent", found.batch.collection)
            spool.finish(found)
            journal.add("finished", found.batch.collection)
        }
    }

    @Test func whatAKilledProcessHadStoredIsFound() async throws {
        let seed: UInt64 = 9
        var random = SeededRandom(seed: seed)
        for round in 0..<6 {
            let fixture = SpoolFixture()
            let (path, journal) = (fixture.path, fixture.path + ".journal")
            let delay = Int32.random(in: 1...60, using: &random)
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, journal = journal as String, delay = delay as Int32] in
                _ = Threads.start {
                    poll(nil, 0, delay)
                    kill(getpid(), SIGKILL)
                }
                try SpoolProcessTests.live(path, Journal(journal))
            }
            let note = Comment(rawValue: "seed \(seed), round \(round)")
            let heir = Self.make(path, "heir")
            _ = heir.settle()
            let found = try heir.drain()
            #expect(found == found.sorted(), note)
            #expect(Set(found).count == found.count, note)
            let finished = Set(Journal.numbers("finished", in: journal))
            let stored = Set(Journal.numbers("stored", in: journal))
            let sent = Set(Journal.numbers("sent", in: journal))
            let begun = Set(Journal.numbers("storing", in: journal))
            #expect(stored.subtracting(sent).isSubset(of: found), note)
            #expect(finished.isDisjoint(with: found), note)
            #expect(Set(found).isSubset(of: begun), note)
            #expect(heir.settle().lost == [:], note)
            unlink(journal)
        }
    }
}
