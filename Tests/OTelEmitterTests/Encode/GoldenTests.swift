import Foundation
import Testing

@testable import OTelEmitter

/// Whole requests, byte by byte. `UPDATE_GOLDEN=1` writes the files; read the diff like code.
@Suite struct GoldenTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")

    @Test(arguments: Snapshots.all.map(\.name))
    func aRequestHasExactlyTheBytesOfItsFile(name: String) throws {
        let snapshot = try #require(Snapshots.all.first { $0.name == name }?.snapshot)
        let requests = Encoded.requests(of: snapshot)
        #expect(requests.count == 1)
        let bytes = requests.flatMap(\.bytes)
        let file = Self.folder.appending(path: name + ".json")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1" {
            try Data(bytes).write(to: file)
        }
        let golden = [UInt8](try Data(contentsOf: file))
        #expect(bytes == golden, "\(String(decoding: bytes, as: UTF8.self))")
    }

    @Test func everyFileHasItsSnapshot() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(
            files.filter { $0.hasSuffix(".json") }.sorted()
                == Snapshots.all.map { $0.name + ".json" }.sorted())
    }
}
