import Foundation
import Glibc
import Testing

@testable import OTelEmitter

@Suite struct LineFileTests {
    private func mode(of path: String) throws -> mode_t {
        var status = stat()
        try #require(stat(path, &status) == 0)
        return status.st_mode & 0o777
    }

    @Test func theFileIsMadeForOwnerAndGroup() throws {
        let folder = try LineFolder()
        // What this process's mask leaves of all permissions.
        let reference = open(folder.file("reference"), O_WRONLY | O_CREAT, 0o777)
        close(reference)
        var file = LineFile(path: folder.file())
        let opened = try file.open()
        #expect(opened.endsInMidLine == false)
        #expect(try mode(of: folder.file()) == mode(of: folder.file("reference")) & 0o640)
        #expect(fcntl(opened.descriptor, F_GETFD) & FD_CLOEXEC != 0)
        #expect(fcntl(opened.descriptor, F_GETFL) & O_APPEND != 0)
    }

    @Test func itIsOpenedOnceWhileItIsAtItsPath() throws {
        let folder = try LineFolder()
        var file = LineFile(path: folder.file())
        let first = try file.open().descriptor
        let second = try file.open()
        #expect(second.descriptor == first)
        #expect(second.endsInMidLine == nil)
    }

    @Test(arguments: [("", false), ("a\n", false), ("a", true), ("a\nb", true), ("\n", false)])
    func itIsToldWhetherTheFileEndsInMidLine(content: String, expected: Bool) throws {
        let folder = try LineFolder()
        try Data(content.utf8).write(to: URL(filePath: folder.file()))
        var file = LineFile(path: folder.file())
        #expect(try file.open().endsInMidLine == expected)
    }

    @Test func aFileThatWasRenamedOrRemovedIsMadeAnew() throws {
        let folder = try LineFolder()
        var file = LineFile(path: folder.file())
        _ = try file.open()
        #expect(rename(folder.file(), folder.file("old")) == 0)
        #expect(try file.open().endsInMidLine == false)
        #expect(access(folder.file(), F_OK) == 0)
        #expect(unlink(folder.file()) == 0)
        _ = try file.open()
        #expect(access(folder.file(), F_OK) == 0)
    }

    @Test func whatCanNotBeOpenedIsAFailureAndTriedAgain() throws {
        let folder = try LineFolder()
        var file = LineFile(path: folder.file("below/metrics.jsonl"))
        do {
            _ = try file.open()
            Issue.record("a file in a folder that is missing was opened")
        } catch {
            #expect(error.reason == "No such file or directory")
        }
        #expect(mkdir(folder.file("below"), 0o700) == 0)
        #expect(try file.open().descriptor >= 0)
    }

    @Test func aFolderIsNoFile() throws {
        let folder = try LineFolder()
        var file = LineFile(path: folder.path)
        do {
            _ = try file.open()
            Issue.record("a folder was opened")
        } catch {
            #expect(error.reason == "Is a directory")
        }
    }

    /// A pipe that nobody reads would make a plain `open` wait.
    @Test func aPipeThatNobodyReadsIsNotWaitedFor() throws {
        let folder = try LineFolder()
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        var file = LineFile(path: folder.file("pipe"))
        do {
            _ = try file.open()
            Issue.record("a pipe without a reader was opened")
        } catch {
            #expect(error.reason == "No such device or address")
        }
        let reader = open(folder.file("pipe"), O_RDONLY | O_NONBLOCK)
        defer { close(reader) }
        #expect(try file.open().endsInMidLine == nil)
    }
}
