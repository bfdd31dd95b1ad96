import Foundation
import Glibc
import Instruments
import TestSupport
import Testing

@testable import OTelEmitter

@Suite struct LineOutputTests {
    /// Later than any test takes.
    private static let later = MonotonicTime.now() + .seconds(600)

    @Test func linesAreAppendedToWhatTheFileHas() throws {
        let folder = try LineFolder()
        try Data("first\n".utf8).write(to: URL(filePath: folder.file()))
        var output = LineOutput(path: folder.file())
        try output.open()
        try output.write(Array("second".utf8)) { Self.later }
        try output.write(Array("third".utf8)) { Self.later }
        #expect(folder.lines() == ["first", "second", "third"])
    }

    /// As after a crash in the middle of a line.
    @Test func aLineThatIsCutOffIsEndedFirst() throws {
        let folder = try LineFolder()
        try Data("first\nhal".utf8).write(to: URL(filePath: folder.file()))
        var output = LineOutput(path: folder.file())
        try output.open()
        try output.write(Array("whole".utf8)) { Self.later }
        #expect(folder.lines() == ["first", "hal", "whole"])
    }

    @Test func aFileThatWasRotatedIsFollowed() throws {
        let folder = try LineFolder()
        var output = LineOutput(path: folder.file())
        try output.open()
        try output.write(Array("old".utf8)) { Self.later }
        #expect(rename(folder.file(), folder.file("old")) == 0)
        try output.open()
        try output.write(Array("new".utf8)) { Self.later }
        #expect(folder.lines("old") == ["old"])
        #expect(folder.lines() == ["new"])
    }

    /// As programs do that copy a file and cut it to nothing.
    @Test func aFileThatWasCutToNothingIsWrittenFromItsBeginning() throws {
        let folder = try LineFolder()
        var output = LineOutput(path: folder.file())
        try output.open()
        try output.write(Array("old".utf8)) { Self.later }
        #expect(truncate(folder.file(), 0) == 0)
        try output.open()
        try output.write(Array("new".utf8)) { Self.later }
        #expect(folder.lines() == ["new"])
    }

    @Test func linesOfSeveralWritersDoNotMix() throws {
        let folder = try LineFolder()
        let (writers, count, length) = (4, 50, 100_000)
        let path = folder.file()
        // All have it open before one writes: who opens it while another writes may see half a
        // line.
        let isOpen = Monitor(0)
        Threads.run(writers) { writer in
            var output = LineOutput(path: path)
            let line = Array(repeating: UInt8(ascii: "a") + UInt8(writer), count: length)
            try? output.open()
            isOpen.change { $0 += 1 }
            let isReady: Bool? = isOpen.wait(until: Self.later.nanoseconds) {
                $0 == writers ? true : nil
            }
            #expect(isReady == true)
            for _ in 0..<count {
                try? output.open()
                try? output.write(line) { Self.later }
            }
        }
        let lines = folder.lines()
        #expect(lines.count == writers * count)
        #expect(lines.allSatisfy { $0.utf8.count == length && Set($0.utf8).count == 1 })
    }

    /// The device has no room, ever.
    @Test func aFullDiskIsAFailure() throws {
        var output = LineOutput(path: "/dev/full")
        try output.open()
        do {
            try output.write(Array("line".utf8)) { Self.later }
            Issue.record("a full device took a line")
        } catch {
            #expect(error.reason == "No space left on device")
        }
    }

    @Test func aLineThatStoppedInTheMiddleIsEndedBeforeTheNext() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { ends.forEach { close($0) } }
        var output = LineOutput(ends[1])
        try output.open()
        let long = Array(repeating: UInt8(ascii: "x"), count: 1 << 20)
        #expect(throws: LineOutput.Failure(reason: "nobody reads it in time")) {
            try output.write(long) { .now() }
        }
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        let first = buffer.withUnsafeMutableBytes { read(ends[0], $0.baseAddress, $0.count) }
        #expect(first > 0 && first < long.count)
        try output.write(Array("next".utf8)) { Self.later }
        let second = buffer.withUnsafeMutableBytes { read(ends[0], $0.baseAddress, $0.count) }
        #expect(String(decoding: buffer.prefix(max(second, 0)), as: UTF8.self) == "\nnext\n")
    }
}
