internal import Foundation

/// Programs that tests run, if they are installed.
package enum InstalledTool {
    package static let nginx = path(of: "nginx")
    package static let openssl = path(of: "openssl")

    /// Whether a test that misses a tool fails, where it would otherwise be skipped.
    package static var areRequired: Bool {
        ProcessInfo.processInfo.environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"
    }

    /// The program that a variable of the environment names, as `scripts/test` sets it.
    package static func named(by variable: String) -> String? {
        ProcessInfo.processInfo.environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func path(of name: String) -> String? {
        let search = ProcessInfo.processInfo.environment["PATH"] ?? ""
        let folders = search.split(separator: ":").map(String.init) + ["/usr/sbin", "/usr/bin"]
        return folders.map { $0 + "/" + name }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }
}
