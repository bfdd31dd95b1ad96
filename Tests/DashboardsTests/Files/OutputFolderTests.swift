import Foundation
import TestSupport
import Testing

@testable import dashboards

@Suite struct OutputFolderTests {
    private let file = GeneratedFile(path: "a/b.txt", bytes: Array("text\n".utf8))

    @Test func whatIsWrittenIsHeld() throws {
        let place = try TemporaryFolder()
        let folder = OutputFolder(place.path + "/new")
        #expect(!folder.holds(file))
        try folder.write(file)
        #expect(folder.holds(file))
        try folder.write(file)
        #expect(folder.holds(file))
    }

    @Test(arguments: ["", "text", "text\n\n", "Text\n"])
    func whatDiffersIsNotHeld(other: String) throws {
        let place = try TemporaryFolder()
        let folder = OutputFolder(place.path)
        try folder.write(GeneratedFile(path: file.path, bytes: Array(other.utf8)))
        #expect(!folder.holds(file))
    }

    @Test func whatCannotBeWrittenIsToldWithItsPath() throws {
        let place = try TemporaryFolder()
        try Data().write(to: URL(filePath: place.path + "/a"))
        let failure = #expect(throws: OutputFolder.Failure.self) {
            try OutputFolder(place.path).write(file)
        }
        #expect(failure?.description.contains("a/b.txt: ") == true)
    }
}
