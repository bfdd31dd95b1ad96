import Foundation
import TestSupport

/// Other people's parsers, in a Python that `OTEL_EMITTER_PYTHON` names (see
/// `Tests/Oracle/requirements.txt`).
enum Oracle {
    static let python = ProcessInfo.processInfo.environment["OTEL_EMITTER_PYTHON"]
        .flatMap { $0.isEmpty ? nil : $0 }

    /// With `OTEL_EMITTER_REQUIRE_ALL=1` a missing Python is a failure and nothing is skipped.
    static let isWanted =
        python != nil || ProcessInfo.processInfo.environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"

    private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Oracle")

    struct Case {
        let name: String
        let expected: [String]
        let requests: [[UInt8]]
    }

    struct Verdict {
        let status: Int32
        let output: String

        /// The names of the cases that failed.
        var failed: [String] {
            output.split(separator: "\n").compactMap { line in
                line.hasPrefix("FAIL ")
                    ? line.split(separator: " ").dropFirst().first.map(String.init) : nil
            }
        }
    }

    struct NoPython: Error, CustomStringConvertible {
        let description = "OTEL_EMITTER_PYTHON is not set, and OTEL_EMITTER_REQUIRE_ALL=1 is"
    }

    /// Runs a script of `Tests/Oracle`; what it prints is written to the folder first.
    static func run(_ script: String, _ arguments: [String], in folder: URL) throws -> Verdict {
        guard let python else { throw NoPython() }
        let output = folder.appending(path: "output")
        let status = Program.run(
            python, [scripts.appending(path: script).path] + arguments,
            environment: ["PYTHONDONTWRITEBYTECODE=1", "PYTHONUTF8=1"], output: output.path)
        return Verdict(
            status: status, output: String(decoding: try Data(contentsOf: output), as: UTF8.self))
    }

    /// Lets both parsers read the cases.
    static func compare(_ cases: [Case]) throws -> Verdict {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "otel-emitter-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for one in cases {
            let lines = one.expected.map { $0 + "\n" }.joined()
            try Data(lines.utf8).write(to: folder.appending(path: one.name + ".txt"))
            for (index, request) in one.requests.enumerated() {
                try Data(request).write(to: folder.appending(path: "\(one.name).\(index).json"))
            }
        }
        return try run("compare.py", [folder.path], in: folder)
    }
}
