import Foundation
import TestSupport
import Testing

extension DatabaseTests {
    /// VictoriaMetrics evaluates the rules in a language of its own: what Prometheus has tested
    /// holds there, too. Its increases after a gap, for one, are others.
    @Suite struct VMAlertToolTests {
        /// `vmalert-tool`, which comes with `vmalert`.
        private static var tool: String? {
            InstalledTool.named(by: "VMALERT_TOOL")
                ?? InstalledTool.named(by: "VMALERT").map { path in
                    URL(filePath: path).deletingLastPathComponent()
                        .appending(path: "vmalert-tool").path
                }
        }

        @Test func theTestsOfTheRulesHoldInVictoriaMetrics() throws {
            let tool = try #require(Self.tool)
            let folder = try TemporaryFolder()
            let rules = URL(filePath: folder.file("rules"))
            try FileManager.default.copyItem(
                at: Database.configurations.appending(path: "rules"), to: rules)
            let tests = rules.appending(path: "tests")
            let names = try FileManager.default.contentsOfDirectory(atPath: tests.path).sorted()
            #expect(names.count > 10)
            for name in names {
                let file = tests.appending(path: name)
                // The same by another name.
                let text = try String(contentsOf: file, encoding: .utf8).replacingOccurrences(
                    of: "promql_expr_test:", with: "metricsql_expr_test:")
                try text.write(to: file, atomically: true, encoding: .utf8)
                let status = Program.run(
                    tool, ["unittest", "--disableAlertgroupLabel", "--files=\(file.path)"],
                    environment: ["TMPDIR=\(folder.path)"], output: folder.file("said"))
                let said = String(decoding: try folder.bytes("said"), as: UTF8.self)
                #expect(status == 0, "\(name): \(said)")
            }
        }
    }
}
