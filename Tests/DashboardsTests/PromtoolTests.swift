import Foundation
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
            ["test", "rules"] + Self.files(below: copy.appending(path: "tests")))
        #expect(status != 0)
        #expect(output.contains("RPPQuorumSlow") && !output.contains("RPPSlashing"), "\(output)")
    }

    /// Prometheus parses the expressions, with the variables as Grafana fills them in.
    @Test func expressionsOfPanelsAndRunbookParse() throws {
        var lines = ["groups:", "  - name: panels", "    rules:"]
        let expressions = try Generated.boardExpressions() + Generated.runbookExpressions()
        for (number, expression) in expressions.enumerated() {
            let text = expression.text.replacingOccurrences(of: "$__rate_interval", with: "4m")
                .replacingOccurrences(of: "$__range", with: "3h")
                .replacingOccurrences(of: "$instance", with: ".*")
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
