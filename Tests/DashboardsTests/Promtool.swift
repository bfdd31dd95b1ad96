import Foundation
import TestSupport

/// Prometheus' own tool, which `PROMTOOL` names.
enum Promtool {
    private static let environment = ProcessInfo.processInfo.environment
    private static let path = environment["PROMTOOL"].flatMap { $0.isEmpty ? nil : $0 }

    /// With `OTEL_EMITTER_REQUIRE_ALL=1` a missing tool is a failure and nothing is skipped.
    static let isWanted = path != nil || environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"

    struct Missing: Error, CustomStringConvertible {
        let description = "PROMTOOL is not set, and OTEL_EMITTER_REQUIRE_ALL=1 is"
    }

    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        guard let path else { throw Missing() }
        let folder = try TemporaryFolder()
        let output = folder.path + "/output"
        let status = Program.run(path, arguments, output: output)
        return (status, String(decoding: Program.bytes(of: output), as: UTF8.self))
    }
}
