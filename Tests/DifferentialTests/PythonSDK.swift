import Foundation
import TestSupport

/// The official Python SDK, in a Python that `OTEL_EMITTER_PYTHON` names (see
/// `Tests/Oracle/requirements.txt`).
enum PythonSDK {
    private static let environment = ProcessInfo.processInfo.environment
    private static let python = environment["OTEL_EMITTER_PYTHON"].flatMap { $0.isEmpty ? nil : $0 }

    /// With `OTEL_EMITTER_REQUIRE_ALL=1` a missing Python is a failure and nothing is skipped.
    static let isWanted = python != nil || environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"

    private static let script = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Differential/measure.py")

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs all plans in one process.
    static func run(_ plans: [Plan]) throws -> [PlainResult] {
        guard let python else {
            throw Failure(
                description: "OTEL_EMITTER_PYTHON is not set, and OTEL_EMITTER_REQUIRE_ALL=1 is")
        }
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-differential-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let encoder = JSONEncoder()
        let input = folder.appending(path: "plans")
        let lines = try plans.map { try encoder.encode($0) + Data("\n".utf8) }
        try Data(lines.joined()).write(to: input)
        let output = folder.appending(path: "results")
        let status = Program.run(
            python, [script.path], environment: ["PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"],
            input: input.path, output: output.path)
        let answer = Data(Program.bytes(of: output.path))
        guard status == 0 else {
            throw Failure(
                description:
                    "status \(status): \(String(decoding: answer.suffix(3000), as: UTF8.self))")
        }
        let decoder = JSONDecoder()
        return try answer.split(separator: UInt8(ascii: "\n")).map {
            try decoder.decode(PlainResult.self, from: $0)
        }
    }
}
