import Foundation

/// Programs that a test asks.
enum Tool {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The interpreter with the packages of Tests/Oracle; nil if the environment names none.
    static var python: String? {
        ProcessInfo.processInfo.environment["OTEL_EMITTER_PYTHON"].flatMap {
            $0.isEmpty ? nil : $0
        }
    }

    /// Whether a test that misses a tool fails, where it would otherwise be skipped.
    static var isRequired: Bool {
        ProcessInfo.processInfo.environment["OTEL_EMITTER_REQUIRE_ALL"] == "1"
    }

    static let reasonToSkip =
        "OTEL_EMITTER_PYTHON is unset; scripts/lib/python-environment prints its path"

    /// What the program prints; it has to end with status 0.
    static func run(_ path: String, _ arguments: [String]) throws -> Data {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "\(path) \(arguments) ends with \(process.terminationStatus)")
        }
        return data
    }

    /// A YAML file of the repository that holds a mapping, as PyYAML reads it.
    static func parseYAML(_ path: String) throws -> [String: Any] {
        guard let object = try readYAML(path) as? [String: Any] else {
            throw Failure(description: "\(path) is no mapping")
        }
        return object
    }

    /// A YAML file of the repository, as PyYAML reads it.
    static func readYAML(_ path: String) throws -> Any {
        guard let python else { throw Failure(description: reasonToSkip) }
        let program =
            "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)"
        let file = Repository.root.appendingPathComponent(path).path
        return try JSONSerialization.jsonObject(with: run(python, ["-c", program, file]))
    }
}
