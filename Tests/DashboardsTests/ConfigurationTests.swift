import Foundation
import OTelEmitter
import Testing

@testable import dashboards

/// What the files that are written by hand owe to the defaults of the emitter and to the rules.
@Suite struct ConfigurationTests {
    private static let repository = Generated.folder.deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: repository.appending(path: path), encoding: .utf8)
    }

    /// The duration behind a key of a YAML file, in whole hours or minutes.
    private static func duration(_ key: String, in path: String) throws -> Duration {
        let line = try #require(
            try text(path).split(separator: "\n").first { $0.contains("\(key): ") })
        let value = try #require(line.split(separator: " ").last)
        let number = try #require(Int(value.dropLast()))
        let unit = try #require(["h": 3600, "m": 60][value.suffix(1)])
        return .seconds(number * unit)
    }

    /// Otherwise Prometheus refuses what a spool delivers after a long outage.
    @Test func prometheusTakesWhatIsAsOldAsASpoolKeepsIt() throws {
        let window = try Self.duration(
            "out_of_order_time_window", in: "collector-config/prometheus.yaml")
        let collector = try Self.duration(
            "max_elapsed_time", in: "collector-config/collector.yaml")
        #expect(window >= SpoolOptions(directory: "spool").ageLimit + collector)
    }
}
