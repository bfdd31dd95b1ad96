import Foundation
import OTelEmitter
import TestSupport
import Testing

/// Spools whose disk or files fail (scenarios S1, S2 and S4), on their whole way. Every
/// call that can fail, with every error: `SpoolFaultTests`.
@Suite struct SpoolScenarioTests {
    static let mountComment: Comment = "this user may not mount file systems"
    /// An emitter that ended without a collector, and left so many collections of two points.
    static func leaveBehind(_ directory: String, collections: Int) throws {
        let nobody = try ScriptedCollector(isListening: false)
        let scenario = try Scenario.makeWithSpool(nobody, directory)
        scenario.goWithoutCollector(collections: collections - 1, series: 2)
        scenario.count(series: 2)
        let totals = scenario.shutdown(within: .seconds(5)).totals
        #expect(totals.pendingOnDisk == 2 * collections, "\(totals)")
        try scenario.expectHolds(recorded: 2 * collections, pending: 2 * collections)
    }

    enum DiskFault: String, CaseIterable, Codable {
        case full, noInodes, forbidden
    }

    /// The disk fails amid an outage: what it does not take waits in memory, and goes there again
    /// by itself when it works.
    @Test(
        .enabled(if: PrivateMount.isPermitted, mountComment), arguments: DiskFault.allCases)
    func s1_aDiskThatFailsMeansMemoryUntilItWorksAgain(fault: DiskFault) async {
        await #expect(processExitsWith: .success) { [fault] in
            let folder = try TemporaryFolder()
            let path = folder.file("disk")
            try PrivateMount.memory(at: path, options: "size=2m,nr_inodes=200")
            let collector = try ScriptedCollector(isListening: false)
            let scenario = try Scenario.makeWithSpool(collector, path + "/spool")
            scenario.goWithoutCollector(collections: 3, series: 10)
            #expect(eventually { scenario.emitter.totals.pendingOnDisk == 30 })
            let filler = path + "/filler"
            switch fault {
            case .full:
                _ = Program.run(
                    "dd", ["if=/dev/zero", "of=" + filler, "bs=4k"], output: "/dev/null")
            case .forbidden: #expect(seteuid(65_534) == 0)
            case .noInodes:
                try FileManager.default.createDirectory(
                    atPath: filler, withIntermediateDirectories: true)
                while FileManager.default.createFile(
                    atPath: filler + "/\(UUID().uuidString)", contents: nil)
                {}
            }
            scenario.goWithoutCollector(collections: 60, series: 10)
            let text = scenario.told.text(containing: "can't be kept on disk")
            #expect(text != nil, "\(scenario.told.all)")
            let amid = scenario.emitter.totals
            #expect(amid.pending == 630 && amid.pendingOnDisk == 30, "\(amid)")
            if fault == .forbidden {
                #expect(seteuid(0) == 0)
            } else {
                try FileManager.default.removeItem(atPath: filler)
            }
            #expect(
                scenario.passBackoff { scenario.emitter.totals.pendingOnDisk == 630 },
                "\(scenario.emitter.totals.pendingOnDisk)")
            #expect(scenario.told.text(containing: "can be kept on disk again") != nil)
            try collector.startListening()
            #expect(scenario.passBackoffUntilDelivered())
            #expect(scenario.shutdown().isComplete)
            let values = try scenario.acceptedInOrder()
            #expect(values.prefix(63) == (1...63).map { "int \($0)" }[...], "in order")
            try scenario.expectHolds()
        }
    }

    /// Something else fills the disk, and stays: the spool is drained all the same, and what is in
    /// memory follows it.
    @Test(.enabled(if: PrivateMount.isPermitted, mountComment))
    func s1_aDiskThatStaysFullIsDrained() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.file("disk")
            try PrivateMount.memory(at: path, options: "size=2m")
            let collector = try ScriptedCollector(isListening: false)
            let scenario = try Scenario.makeWithSpool(collector, path + "/spool") {
                $0.compression = .none
            }
            scenario.goWithoutCollector(collections: 3, series: 10)
            #expect(eventually { scenario.emitter.totals.pendingOnDisk == 30 })
            _ = Program.run(
                "dd", ["if=/dev/zero", "of=\(path)/filler", "bs=4k"], output: "/dev/null")
            // Too large for the room that those on disk leave behind.
            scenario.goWithoutCollector(collections: 3, series: 400)
            #expect(scenario.emitter.totals.pendingOnDisk == 30)
            try collector.startListening()
            #expect(scenario.passBackoffUntilDelivered())
            #expect(scenario.shutdown().isComplete)
            let values = try scenario.acceptedInOrder()
            #expect(values.prefix(6) == (1...6).map { "int \($0)" }[...], "in order")
            try scenario.expectHolds()
        }
    }

    /// Somebody removes the directory: what was in it is declared lost, and it goes on.
    @Test func s1_aDirectoryThatIsRemovedIsDeclaredAndMadeAgain() throws {
        let folder = try TemporaryFolder()
        let collector = try ScriptedCollector(isListening: false)
        let scenario = try Scenario.makeWithSpool(collector, folder.file("spool"))
        scenario.goWithoutCollector(collections: 3, series: 10)
        #expect(eventually { scenario.emitter.totals.pendingOnDisk == 30 })
        try FileManager.default.removeItem(atPath: folder.file("spool"))
        scenario.goWithoutCollector(collections: 3, series: 10)
        #expect(eventually { scenario.emitter.totals.pendingOnDisk == 30 })
        #expect(scenario.told.text(containing: "30 data points on disk were given up") != nil)
        try collector.startListening()
        #expect(scenario.passBackoffUntilDelivered())
        scenario.shutdown()
        try scenario.expectHolds(lost: [.corrupt: 30])
    }

    enum Damage: CaseIterable {
        case truncated, flipped, zeroed, laterVersion, unknownFlag, giantLength, gone, foreign

        func apply(to bytes: [UInt8]) -> [UInt8]? {
            var bytes = bytes
            switch self {
            case .truncated: return Array(bytes.prefix(bytes.count / 2))
            case .flipped: bytes[bytes.count - 9] ^= 4
            case .zeroed: return [UInt8](repeating: 0, count: bytes.count)
            case .laterVersion: bytes[8] = 2
            case .unknownFlag: bytes[12] |= 2
            case .giantLength: bytes.replaceSubrange(44..<48, with: [0xFF, 0xFF, 0xFF, 0x7F])
            case .gone: return nil
            case .foreign: break
            }
            return bytes
        }
    }

    /// Of six batches one is damaged: the others arrive in order, its points are declared lost. One
    /// that is not this version's stays where it is, and is none of this process's points.
    @Test(arguments: Damage.allCases)
    func s2_aDamagedFileCostsItsOwnPointsOnly(damage: Damage) throws {
        let folder = try TemporaryFolder()
        let spool = folder.file("spool")
        try Self.leaveBehind(spool, collections: 6)
        let names = try FileManager.default.subpathsOfDirectory(atPath: spool)
        let files = names.filter { $0.hasSuffix(".batch") }.sorted().map { "spool/" + $0 }
        #expect(files.count == 6)
        if let spoilt = damage.apply(to: try folder.bytes(files[2])) {
            try folder.overwrite(files[2], with: spoilt)
        } else {
            try folder.remove(files[2])
        }
        if damage == .foreign { try folder.overwrite("spool/README", with: [1]) }
        let collector = try ScriptedCollector()
        let scenario = try Scenario.makeWithSpool(collector, spool)
        #expect(scenario.passBackoffUntilDelivered())
        // Of a file that was gone before it was found nobody knows.
        let isLeft = damage == .laterVersion || damage == .unknownFlag
        let isCounted = damage != .foreign && damage != .gone && !isLeft
        if damage != .gone {
            let text = scenario.told.text(containing: "1 files could not be read")
            #expect(text != nil, "\(scenario.told.all)")
        }
        scenario.count(series: 2)
        #expect(scenario.flush().isComplete)
        scenario.shutdown()
        let expected = damage == .foreign ? [1, 2, 3, 4, 5, 6] : [1, 2, 4, 5, 6]
        let values = try scenario.acceptedInOrder()
        #expect(values.prefix(expected.count) == expected.map { "int \($0)" }[...])
        try scenario.expectHolds(lost: isCounted ? [.corrupt: 2] : [:])
        #expect(FileManager.default.fileExists(atPath: folder.file(files[2])) == isLeft)
    }

    /// The disk is full before the emitter is made: it can drain it all the same.
    @Test(.enabled(if: PrivateMount.isPermitted, mountComment))
    func s4_aDiskThatIsFullAtTheStartIsDrained() async {
        await #expect(processExitsWith: .success) {
            let folder = try TemporaryFolder()
            let path = folder.file("disk")
            try PrivateMount.memory(at: path, options: "size=1m")
            try SpoolScenarioTests.leaveBehind(path + "/spool", collections: 10)
            _ = Program.run(
                "dd", ["if=/dev/zero", "of=\(path)/filler", "bs=4k"], output: "/dev/null")
            let collector = try ScriptedCollector(isListening: false)
            let scenario = try Scenario.makeWithSpool(collector, path + "/spool")
            // What is taken over counts as recorded: not in the midst of what follows.
            #expect(eventually { scenario.emitter.totals.recorded >= 20 })
            scenario.goWithoutCollector(collections: 3, series: 2)
            #expect(scenario.told.text(containing: "can't be kept on disk") != nil)
            try collector.startListening()
            #expect(scenario.passBackoffUntilDelivered())
            #expect(scenario.shutdown().isComplete)
            #expect(scenario.emitter.totals.replayed >= 20)
            try scenario.expectHolds()
        }
    }
}
