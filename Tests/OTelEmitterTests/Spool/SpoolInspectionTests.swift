import Foundation
import Glibc
import InstrumentsTesting
import TestSupport
import Testing

@testable import OTelEmitter
@testable import OTelEmitterTools

@Suite struct SpoolInspectionTests {
    private let fixture = SpoolFixture()

    private func inspect(verifies: Bool = true) throws -> SpoolInspection {
        try SpoolInspection(
            directory: fixture.path, verifies: verifies, clock: fixture.clock, files: .system)
    }

    @Test func theLivingAndTheDeadAreListedWithWhatTheyHave() throws {
        do {
            let dead = fixture.make("dead")
            for number in 1...3 as ClosedRange<UInt64> { try dead.store(.numbered(number)) }
        }
        fixture.pass(.seconds(60))
        let living = fixture.make("living")
        try living.store(.numbered(9, points: 7, bytes: 30, at: fixture.wall.now()))
        let found = try inspect()
        #expect(found.foreign == [])
        #expect(found.incarnations.map(\.liveness) == [.dead, .alive])
        #expect(found.incarnations.map { $0.name.dropFirst(21) } == ["dead", "living"])
        #expect(found.incarnations[0].volume == SpoolVolume(batches: 3, points: 9, bytes: 456))
        #expect(found.incarnations[0].files.map(\.age) == Array(repeating: .seconds(60), count: 3))
        let file = try #require(found.incarnations[1].files.first)
        #expect(file.state == .sound)
        #expect((file.points, file.bytes, file.age) == (7, 30, .zero))
        // Looking takes no lock away and makes nothing.
        let before = fixture.names
        let adopter = fixture.make("c")
        #expect(adopter.settle().adoptedPoints == 9)
        #expect(try living.drain() == [9])
        _ = try inspect()
        #expect(before.allSatisfy { fixture.names.contains($0) || $0.hasSuffix(".batch") })
    }

    @Test func damagedAndForeignFilesAreTold() throws {
        do {
            let dead = fixture.make("dead")
            for number in 1...4 as ClosedRange<UInt64> { try dead.store(.numbered(number)) }
        }
        let files = fixture.batchFiles
        #expect(truncate(files[0], 20) == 0)
        try Data(count: 152).write(to: URL(filePath: files[1]))
        var later = try Data(contentsOf: URL(filePath: files[2]))
        later[8] = 9
        try later.write(to: URL(filePath: files[2]))
        let folder = (files[0] as NSString).deletingLastPathComponent
        try Data().write(to: URL(filePath: folder + "/core"))
        try Data().write(to: URL(filePath: fixture.path + "/README"))
        let found = try inspect()
        #expect(found.foreign == ["README"])
        #expect(
            found.incarnations.first?.files.map(\.state) == [
                .corrupt("length"), .corrupt("magic"), .foreign, .sound, .foreign,
            ])
        #expect(found.incarnations.first?.volume.batches == 1)
        let believed = try inspect(verifies: false)
        #expect(believed.incarnations.first?.volume.batches == 4)
    }

    @Test(arguments: 8..<16)
    func filesWithAMarkThatIsNotKnownAreNotCorrupt(place: Int) throws {
        do {
            let dead = fixture.make("dead")
            for number in 1...2 as ClosedRange<UInt64> { try dead.store(.numbered(number)) }
        }
        let file = URL(filePath: fixture.batchFiles[0])
        var bytes = try Data(contentsOf: file)
        bytes[place] ^= 0x82
        try bytes.write(to: file)
        let found = try inspect()
        #expect(found.incarnations.first?.files.map(\.state) == [.foreign, .sound])
        #expect(found.volume == SpoolVolume(batches: 1, points: 3, bytes: 152))
        #expect(try Data(contentsOf: file) == bytes)
    }

    @Test func aDirectoryThatIsMissingIsAnErrorAndStaysMissing() {
        #expect(throws: SpoolError(.read, fixture.path, ErrorNumber(ENOENT))) {
            _ = try SpoolInspection(directory: fixture.path)
        }
        #expect(!FileManager.default.fileExists(atPath: fixture.path))
    }

    @Test func withoutLocksNobodyKnowsWhoLives() throws {
        let disk = SimulatedDisk()
        disk.hasLocks = false
        let process = SimulatedProcess(disk)
        let spool = fixture.make(files: process.files)
        try spool.store(.numbered(1))
        let found = try SpoolInspection(
            directory: fixture.path, verifies: true, clock: fixture.clock, files: process.files)
        #expect(found.incarnations.map(\.liveness) == [.unknown])
        #expect(found.incarnations.map(\.volume.batches) == [1])
    }
}
