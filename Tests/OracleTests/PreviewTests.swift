import Foundation
import TestSupport
import Testing

/// The preview of the dashboards is a Python program; its tests are Python's and stand in
/// `Tests/Preview`.
@Suite(.enabled(if: Oracle.isWanted, "OTEL_EMITTER_PYTHON names no Python"))
struct PreviewTests {
    @Test func testsOfThePreviewPass() throws {
        guard let python = Oracle.python else { throw Oracle.NoPython() }
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Preview")
        let output = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-preview-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        let status = Program.run(
            python, ["-B", "-m", "unittest", "discover", "-s", folder.path],
            environment: ["PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"], output: output.path)
        let said = String(decoding: Program.bytes(of: output.path), as: UTF8.self)
        #expect(status == 0, "\(said)")
        // A folder without tests passes, too.
        let lines = said.split(separator: "\n").filter { $0.hasPrefix("Ran ") }
        let count = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        #expect(try #require(count) >= 40, "\(said)")
    }
}
