internal import Foundation

/// The programs of this package, which are built beside the tests.
package enum BuiltProgram {
    package static func path(of name: String) throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent(name)
            .path
    }

    /// A program that was built with a sanitizer runs by the options of the tests' own.
    package static let sanitizerOptions = ProcessInfo.processInfo.environment.filter {
        $0.key.hasSuffix("SAN_OPTIONS")
    }
}
