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
        for (folder, ending) in [("dashboards", ".json"), ("rules", ".yaml")] {
            let found = try FileManager.default.contentsOfDirectory(
                atPath: Generated.folder.appending(path: folder).path)
            let paths = found.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
            #expect(Set(paths).subtracting(files.map(\.path)) == [], "nothing generates them")
        }
    }

    @Test func theSameBytesComeEachTime() throws {
        #expect(try GeneratedFile.all() == GeneratedFile.all())
    }
}
