import Foundation
import Testing

@testable import dashboards

@Suite struct GeneratedFileTests {
    private static let command = "swift run dashboards --output collector-config"

    @Test func theFilesOfTheRepositoryAreTheGeneratedOnes() throws {
        let files = try GeneratedFile.all()
        for file in files {
            let place = Generated.folder.appending(path: file.path)
            let found = try? Data(contentsOf: place)
            #expect(
                found == Data(file.bytes), "\(file.path) is out of date; run `\(Self.command)`")
        }
        for folder in ["dashboards", "rules"] {
            let found = try FileManager.default.contentsOfDirectory(
                atPath: Generated.folder.appending(path: folder).path)
            let known = files.map(\.path) + ["rules/tests"]
            let strange = found.map { "\(folder)/\($0)" }.filter { !known.contains($0) }
            #expect(strange == [], "nothing generates them")
        }
    }

    @Test func theSameBytesComeEachTime() throws {
        #expect(try GeneratedFile.all() == GeneratedFile.all())
    }
}
