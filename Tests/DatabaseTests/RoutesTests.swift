import Foundation
import Testing

extension DatabaseTests {
    /// Scraped by Prometheus, and pushed through the collector into VictoriaMetrics: the same.
    @Suite struct RoutesTests {
        @Test func valuesAreEqualSeriesBySeries() throws {
            let run = try #require(RealRun.current)
            let scraped = try Figures(run.prometheus.api, named: "rpp_.+")
            let pushed = try Figures(run.victoria.api, named: "rpp_.+")
            #expect(scraped.values.count > 500, "\(scraped.values.count)")
            #expect(scraped.doubles == [])
            #expect(pushed.doubles == [])
            let differences = scraped.differences(
                from: pushed, tolerance: Figures.decimalTolerance)
            #expect(differences == [])
            let instances = Set(scraped.values.keys.map(\.instance))
            #expect(instances == ["networked", "lonely"])
            print("\(scraped.values.count) series are equal on both routes")
        }

        @Test func namesAreTheSame() throws {
            let run = try #require(RealRun.current)
            let all = #"(rpp|otel|otelemitter)_[^:]+"#
            let scraped = try Figures(run.prometheus.api, named: all)
            let pushed = try Figures(run.victoria.api, named: all)
            #expect(scraped.names.count > 60, "\(scraped.names.count)")
            #expect(scraped.names == pushed.names)
            // Whatever else is there is Prometheus' own.
            let others = try Figures(run.prometheus.api, named: ".+").names
                .subtracting(scraped.names)
            let known = others.filter { name in
                ["target_info", "up", "ALERTS", "ALERTS_FOR_STATE"].contains(name)
                    || name.hasPrefix("scrape_") || name.contains(":")
            }
            #expect(others == known)
        }

        /// The resource of a series, its scope and where each of them is in the document's table.
        private static let rows: [(row: String, value: String)] = [
            ("`service.namespace`/`service.name`", "chain/observed"),
            ("`service.name`", "observed"), ("`service.namespace`", "chain"),
            ("`service.instance.id`", "networked"), ("`service.version`", "1.2.3"),
            ("`deployment.environment.name`", "test"), ("`rpp.mode`", "validator"),
            ("`telemetry.sdk.language`", "swift"), ("name of the scope", "otelemitter"),
            ("version of the scope", "0.1.0"),
        ]

        @Test func labelsAreWhereTheDocumentSays() throws {
            let run = try #require(RealRun.current)
            let table = try Self.table()
            let databases = [run.plain.api, run.victoria.api, run.prometheus.api]
            for (index, api) in databases.enumerated() {
                let selector = "{service_instance_id=\"networked\"}"
                let own = "{instance=\"networked\"}"
                let metric = "otelemitter_last_success_age_seconds"
                let series = try api.query(metric + (index == 0 ? selector : own))
                let labels = try #require(series.first).labels
                let info = try api.query("target_info" + own).first?.labels ?? [:]
                for (row, value) in Self.rows {
                    let cells = try #require(table[row], "the table has no row \(row)")
                    // The version of the SDK is that of the emitter's scope.
                    let isOfScope = row.hasSuffix("scope")
                    let found = Self.cell(
                        of: value, labels.filter { isOfScope == $0.key.contains("scope") },
                        isOfScope ? [:] : info)
                    #expect(cells[index] == found, "\(api.name), \(row)")
                }
                let whole = try #require(table["the resource as a whole"])
                #expect(whole[index] == (info.isEmpty ? "none" : "`target_info`"), "\(api.name)")
            }
        }

        /// A scope without a version.
        @Test func anUnsetVersionOfAScopeIsNoLabel() throws {
            let run = try #require(RealRun.current)
            let metric = "rpp_runtime_chain_block_height"
            for (api, label, expected) in [
                (run.plain.api, "scope_version", "unknown"),
                (run.victoria.api, "otel_scope_version", nil),
                (run.prometheus.api, "otel_scope_version", nil),
            ] {
                let series = try api.query(metric)
                #expect(!series.isEmpty)
                #expect(series.allSatisfy { $0.labels[label] == expected }, "\(series)")
            }
        }

        /// Where a value is: the labels that have it, and whether `target_info` has it.
        private static func cell(
            of value: String, _ labels: [String: String], _ info: [String: String]
        ) -> String {
            func names(_ labels: [String: String]) -> [String] {
                labels.filter { $0.value == value && $0.key != "__name__" }.keys.sorted()
                    .map { "`\($0)`" }
            }
            let shown = names(labels)
            // `job` and `instance` are on every series of a scrape.
            let inside = names(info).filter { !shown.contains($0) }
            let parts = shown + (inside.isEmpty ? [] : ["in `target_info`"])
            return parts.isEmpty ? "none" : parts.joined(separator: ", ")
        }

        /// The cells of the table in the document, by the row's name.
        private static func table() throws -> [String: [String]] {
            let file = Database.configurations.deletingLastPathComponent()
                .appending(path: "Documentation/prometheus-routes.md")
            let text = try String(contentsOf: file, encoding: .utf8)
            let section = try #require(
                text.components(separatedBy: "\n## ").first {
                    $0.hasPrefix("Resource and scope\n")
                })
            var rows: [String: [String]] = [:]
            for line in section.split(separator: "\n") where line.hasPrefix("| ") {
                let cells = line.dropFirst().dropLast().components(separatedBy: "|")
                    .map { $0.trimmingCharacters(in: .whitespaces) }
                rows[cells[0]] = Array(cells.dropFirst())
            }
            return rows
        }
    }
}
