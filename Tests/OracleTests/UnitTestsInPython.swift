import Foundation
import TestSupport
import Testing

/// Tests that are written in Python's `unittest`, since what they test is no Swift.
struct UnitTestsInPython {
    /// Below `Tests`.
    let folder: String

    /// Expects all to pass, and that there are as many: a folder without tests passes, too.
    func expectToPass(atLeast least: Int) throws {
        guard let python = Oracle.python else { throw Oracle.NoPython() }
        let tests = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: folder)
        let output = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-python-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: output) }
        let own = ProcessInfo.processInfo.environment
        let inherited = ["PATH", "HOME"].compactMap { name in own[name].map { "\(name)=\($0)" } }
        let status = Program.run(
            python, ["-B", "-m", "unittest", "discover", "-s", tests.path],
            environment: inherited + ["PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"],
            output: output.path)
        let said = String(decoding: Program.bytes(of: output.path), as: UTF8.self)
        #expect(status == 0, "\(said)")
        let lines = said.split(separator: "\n").filter { $0.hasPrefix("Ran ") }
        let count = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        #expect(try #require(count) >= least, "\(said)")
    }
}
