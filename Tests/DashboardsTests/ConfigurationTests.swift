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

    /// The tests of the rules run at that interval.
    @Test func documentsNameTheLongestExportInterval() throws {
        let longest = Limits.longestExportInterval
        let seconds = longest / .seconds(1)
        #expect(EmitterConfiguration(environment: [:]).exportInterval <= longest)
        #expect(longest < Limits.silence)
        let runbook = try Self.text("Documentation/runbook.md")
        #expect(runbook.contains("longest that fits the rules | \(Int(seconds)) | s |"))
        let options = try Self.text("Documentation/configuration.md").split(separator: "\n")
        let row = try #require(options.first { $0.contains("`OTEL_METRIC_EXPORT_INTERVAL`") })
        #expect(row.contains("\(Int(seconds)) s"))
        let tests = try Self.text("collector-config/rules/tests/intervals.yaml")
        #expect(tests.contains("the longest\n    interval: \(Int(seconds) / 60)m\n"))
    }
}
