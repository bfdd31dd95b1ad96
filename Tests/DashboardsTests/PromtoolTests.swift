import Foundation
import TestSupport
import Testing

@testable import dashboards

/// What Prometheus makes of the generated expressions.
@Suite(.enabled(if: Promtool.isWanted, "PROMTOOL names no promtool"))
struct PromtoolTests {
    private static let rules = Generated.folder.appending(path: "rules")

    private static func files(below folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }.sorted().map { folder.appending(path: $0).path }
    }

    @Test func rulesLoad() throws {
        let (status, output) = try Promtool.run(
            ["check", "rules"] + Self.files(below: Self.rules))
        #expect(status == 0, "\(output)")
        let recordings = try Generated.ruleExpressions().filter { $0.place.contains(":") }.count
        let alerts = try Generated.ruleExpressions().count - recordings
        #expect(output.contains("\(alerts) rules found"), "\(output)")
        #expect(output.contains("\(recordings) rules found"), "\(output)")
    }

    /// Each alert is quiet in health, fires in trouble, and falls silent afterwards.
    @Test func alertsFireAndResolve() throws {
        let tests = try Self.files(below: Self.rules.appending(path: "tests"))
        #expect(tests.count >= 6)
        let (status, output) = try Promtool.run(["test", "rules"] + tests)
        #expect(status == 0, "\(output)")
    }

    @Test func aRuleThatNeverFiresIsNoticed() throws {
        let folder = try TemporaryFolder()
        let copy = URL(filePath: folder.path).appending(path: "rules")
        try FileManager.default.copyItem(at: Self.rules, to: copy)
        let alerts = copy.appending(path: "alerts.yaml")
        let text = try String(contentsOf: alerts, encoding: .utf8)
        let broken = text.replacingOccurrences(of: " > 2000", with: " > 2000000")
        #expect(broken != text)
        try broken.write(to: alerts, atomically: true, encoding: .utf8)
        let (status, output) = try Promtool.run(
            ["test", "rules", copy.appending(path: "tests/consensus.yaml").path])
        #expect(status != 0)
        #expect(output.contains("RPPQuorumSlow") && !output.contains("RPPSlashing"), "\(output)")
    }

    /// Of what fails wholly, no series of what succeeds was ever made.
    @Test func partsAreNothingWhereAllFails() throws {
        let rounds = "rpp_runtime_consensus_round_duration_milliseconds_count"
        let exported = "otel_sdk_exporter_metric_data_point_exported_total"
        try Self.expect(
            ["Sealed rounds", "Delivered"], ["ill": "0", "half": "0.5"],
            [
                "\(rounds){instance=\"ill\",outcome=\"failed\"}": "0+2x200",
                "\(rounds){instance=\"half\",outcome=\"failed\"}": "0+2x200",
                "\(rounds){instance=\"half\",outcome=\"sealed\"}": "0+2x200",
                "\(exported){instance=\"ill\",error_type=\"503\"}": "0+5x200",
                "\(exported){instance=\"half\",error_type=\"503\"}": "0+5x200",
                "\(exported){instance=\"half\"}": "0+5x200",
            ])
    }

    /// A topic that is never spoken of has no mesh, and that is no error.
    @Test func theSmallestMeshIsThatOfTopicsThatHadOne() throws {
        let mesh = "rpp_gossip_mesh_peers"
        try Self.expect(
            ["Peers and mesh peers"], ["sound": "3", "ill": "0"],
            [
                "\(mesh){instance=\"sound\",topic=\"blocks\"}": "3x200",
                "\(mesh){instance=\"sound\",topic=\"votes\"}": "4x200",
                "\(mesh){instance=\"sound\",topic=\"vrf_meta\"}": "0x200",
                "\(mesh){instance=\"ill\",topic=\"blocks\"}": "3x200",
                "\(mesh){instance=\"ill\",topic=\"votes\"}": "4x99 0x100",
            ])
    }

    /// Asks the last query of panels, after 190 minutes.
    private static func expect(
        _ titles: [String], _ values: [String: String], _ series: [String: String]
    ) throws {
        let expressions = try Generated.boardExpressions()
        var lines = ["evaluation_interval: 1m", "tests:", "  - interval: 1m", "    input_series:"]
        for (name, samples) in series {
            lines += ["      - series: '\(name)'", "        values: '\(samples)'"]
        }
        lines.append("    promql_expr_test:")
        for title in titles {
            let asked = try #require(expressions.last { $0.place.hasSuffix(", \(title)") })
            let text = asGrafanaAsks(asked.text).split(separator: "\n")
            lines += ["      - expr: |-"] + text.map { "          \($0)" }
            lines += ["        eval_time: 190m", "        exp_samples:"]
            lines += values.map {
                "          - {labels: '{instance=\"\($0)\"}', value: \($1)}"
            }
        }
        let folder = try TemporaryFolder()
        let file = folder.path + "/values.yaml"
        try (lines.joined(separator: "\n") + "\n").write(
            toFile: file, atomically: true, encoding: .utf8)
        let (status, output) = try Promtool.run(["test", "rules", file])
        #expect(status == 0, "\(output)")
    }

    /// With the variables as Grafana fills them in.
    private static func asGrafanaAsks(_ expression: String) -> String {
        expression.replacingOccurrences(of: "$__rate_interval", with: "4m")
            .replacingOccurrences(of: "$__range", with: "3h")
            .replacingOccurrences(of: "$instance", with: ".*")
    }

    /// Prometheus parses the expressions, with the variables as Grafana fills them in.
    @Test func expressionsOfPanelsAndRunbookParse() throws {
        var lines = ["groups:", "  - name: panels", "    rules:"]
        let expressions = try Generated.boardExpressions() + Generated.runbookExpressions()
        for (number, expression) in expressions.enumerated() {
            let text = Self.asGrafanaAsks(expression.text)
            lines += ["      - record: panel:\(number)", "        expr: |-"]
            lines += text.split(separator: "\n").map { "          \($0)" }
        }
        let folder = try TemporaryFolder()
        let file = folder.path + "/panels.yaml"
        let text = lines.joined(separator: "\n") + "\n"
        #expect(!text.contains("$"))
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        let (status, output) = try Promtool.run(["check", "rules", file])
        #expect(status == 0, "\(output)")
        #expect(output.contains("\(expressions.count) rules found"), "\(output)")
    }
}
