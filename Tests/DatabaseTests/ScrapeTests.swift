import Foundation
import TestSupport
import Testing

extension DatabaseTests {
    /// Prometheus scrapes the nodes for a minute, and its tools read their pages.
    @Suite struct ScrapeTests {
        private static let openMetrics = "application/openmetrics-text;version=1.0.0"

        @Test func noScrapeFailsInAMinute() throws {
            let run = try #require(RealRun.current)
            let seconds = Int(run.workedUntil - run.scrapedSince)
            #expect(seconds >= 60)
            let window = "up{instance!=\"departed\"}[\(seconds)s]"
            let api = run.prometheus.api
            let lowest = try api.query("min_over_time(\(window))", at: run.workedUntil)
            #expect(lowest.map(\.value) == [1, 1])
            let counts = try api.query("count_over_time(\(window))", at: run.workedUntil)
            let wanted = Double(seconds / RealRun.scrapeSeconds - 2)
            #expect(counts.count == 2)
            #expect(counts.allSatisfy { $0.value >= wanted }, "\(counts), of \(seconds) s")
            let targets = try #require(try api.get("targets") as? [String: Any])
            for target in try #require(targets["activeTargets"] as? [[String: Any]]) {
                let labels = target["labels"] as? [String: String]
                guard labels?["instance"] != "departed" else { continue }
                #expect(target["lastError"] as? String == "", "\(target)")
                #expect(target["health"] as? String == "up", "\(target)")
            }
            #expect(run.prometheus.log == "")
        }

        /// What the contract fixes, it would have otherwise; nothing else may be remarked. It does
        /// not know OpenMetrics.
        @Test func promtoolRemarksTheNamesOfTheContractAndNothingElse() throws {
            let run = try #require(RealRun.current)
            let promtool = try #require(InstalledTool.named(by: "PROMTOOL"))
            let folder = try TemporaryFolder()
            for node in run.nodes {
                try folder.overwrite("page", with: node.page().body)
                _ = Program.run(
                    promtool, ["check", "metrics"], input: folder.file("page"),
                    output: folder.file("said"))
                let said = String(decoding: try folder.bytes("said"), as: UTF8.self)
                let remarks = said.split(separator: "\n").filter {
                    !$0.hasSuffix(#"use base unit "seconds" instead of "milliseconds""#)
                        && !$0.hasPrefix("rpp_runtime_network_peer_count non-histogram")
                }
                #expect(remarks == [], "\(node.instance)")
                #expect(said.contains("rpp_runtime_consensus_round_duration_milliseconds"))
            }
        }

        @Test(arguments: [("text", nil), ("openmetrics", openMetrics)])
        func thePythonClientReadsWhatPrometheusHasStored(kind: String, accept: String?) throws {
            let run = try #require(RealRun.current)
            let stored = try Figures(run.prometheus.api, named: "rpp_.+")
            var samples: [QueryAPI.Sample] = []
            for node in run.nodes {
                samples += try series(of: node, kind, accept)
            }
            let read = Figures(samples)
            #expect(read.names.count > 40)
            #expect(read.doubles == [])
            #expect(stored.differences(from: read) == [])
        }

        /// The series of the contract on a page, as Python's client has them.
        private func series(
            of node: NodeProcess, _ kind: String, _ accept: String?
        ) throws -> [QueryAPI.Sample] {
            let python = try #require(InstalledTool.named(by: "OTEL_EMITTER_PYTHON"))
            let script = URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "Oracle/series.py").path
            let folder = try TemporaryFolder()
            try folder.overwrite("page", with: node.page(accept: accept).body)
            let status = Program.run(
                python, ["-B", script, kind, folder.file("page")], environment: ["PYTHONUTF8=1"],
                output: folder.file("series"))
            let bytes = try folder.bytes("series")
            try #require(status == 0, "\(String(decoding: bytes, as: UTF8.self))")
            let list = try JSONSerialization.jsonObject(with: Data(bytes)) as? [[String: Any]]
            return try (#require(list)).compactMap { one in
                let name = try #require(one["name"] as? String)
                guard name.hasPrefix("rpp_") else { return nil }
                var labels = try #require(one["labels"] as? [String: String])
                labels["__name__"] = name
                labels["instance"] = node.instance
                let value = try #require((one["value"] as? String).flatMap(Double.init))
                return QueryAPI.Sample(labels: labels, value: value)
            }
        }
    }
}
