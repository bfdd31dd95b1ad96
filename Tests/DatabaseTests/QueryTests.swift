import Foundation
import TestSupport
import Testing

extension DatabaseTests {
    /// Every query of the dashboards and every rule, asked of databases that a real run filled.
    @Suite struct QueryTests {
        /// A query of a panel.
        private struct PanelQuery: CustomStringConvertible {
            let board: String
            let panel: String
            /// What the panel says if there is no data.
            let emptyText: String?
            let expression: String

            var description: String { "\(board), \(panel): \(expression)" }
        }

        /// What no healthy node has ever done: the panel says so.
        private static let without: Set = [
            "Refused attribute sets", "Verifications that were bypassed",
        ]

        private static func panels() throws -> [PanelQuery] {
            let folder = Database.configurations.appending(path: "dashboards").path
            let files = try FileManager.default.contentsOfDirectory(atPath: folder)
            return try files.filter { $0.hasSuffix(".json") }.sorted().flatMap { file in
                let bytes = Program.bytes(of: folder + "/" + file)
                let board = try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
                let panels = try #require(board?["panels"] as? [[String: Any]])
                return try panels.flatMap { panel in
                    let field = panel["fieldConfig"] as? [String: Any]
                    let defaults = field?["defaults"] as? [String: Any]
                    return try (panel["targets"] as? [[String: Any]] ?? []).map { target in
                        PanelQuery(
                            board: file, panel: panel["title"] as? String ?? "",
                            emptyText: defaults?["noValue"] as? String,
                            expression: try #require(target["expr"] as? String))
                    }
                }
            }
        }

        private static func expand(_ expression: String, instance: String) -> String {
            expression.replacingOccurrences(of: "$instance", with: instance)
                .replacingOccurrences(of: "$__rate_interval", with: "1m")
                .replacingOccurrences(of: "$__range", with: "2m")
        }

        /// Whether an expression gives a number at the end of the nodes' work.
        private static func hasData(
            _ expression: String, in api: QueryAPI, _ run: RealRun
        ) throws -> Bool {
            try api.query(expression, at: run.workedUntil - 5).contains { !$0.value.isNaN }
        }

        @Test func everyQueryOfEveryPanelHasData() throws {
            let run = try #require(RealRun.current)
            let panels = try Self.panels()
            #expect(panels.count > 110)
            for api in [run.prometheus.api, run.victoria.api] {
                for panel in panels {
                    let expression = Self.expand(panel.expression, instance: ".*")
                    let hasData = try Self.hasData(expression, in: api, run)
                    if Self.without.contains(panel.panel) {
                        #expect(!hasData, "\(panel) is no exception any more")
                        #expect(panel.emptyText != nil, "\(panel) does not say why it is empty")
                    } else {
                        #expect(hasData, "\(api.name): \(panel) has no data")
                    }
                }
            }
            print("\(panels.count) queries of panels, asked of two databases")
        }

        /// A node without network is no error, and its panels say why they are empty.
        @Test func panelsOfTheNetworkAreOptional() throws {
            let run = try #require(RealRun.current)
            let panels = try Self.panels().filter { $0.emptyText == "no network stack" }
            #expect(panels.count > 20)
            for api in [run.prometheus.api, run.victoria.api] {
                for panel in panels {
                    let expression = Self.expand(panel.expression, instance: "lonely")
                    #expect(try !Self.hasData(expression, in: api, run), "\(panel)")
                    let networked = Self.expand(panel.expression, instance: "networked")
                    #expect(try Self.hasData(networked, in: api, run), "\(panel)")
                }
            }
        }

        /// A rule as the program that evaluates it shows it.
        private struct Rule: CustomStringConvertible {
            let name: String
            let expression: String
            let health: String
            let error: String

            var description: String { "\(name): \(expression)" }
        }

        private static func rules(_ api: QueryAPI) throws -> [Rule] {
            let data = try #require(try api.get("rules") as? [String: Any])
            let groups = try #require(data["groups"] as? [[String: Any]])
            return try groups.flatMap { try #require($0["rules"] as? [[String: Any]]) }.map {
                rule in
                Rule(
                    name: try #require(rule["name"] as? String),
                    expression: try #require(rule["query"] as? String),
                    health: rule["health"] as? String ?? "",
                    error: rule["lastError"] as? String ?? "")
            }
        }

        @Test func everyRuleIsEvaluatedWithoutError() throws {
            let run = try #require(RealRun.current)
            for api in [run.prometheus.api, run.ruler.api] {
                let rules = try Self.rules(api)
                #expect(rules.count == 22, "\(api.name)")
                for rule in rules {
                    #expect(rule.health == "ok", "\(api.name): \(rule)")
                    #expect(rule.error == "", "\(api.name): \(rule)")
                }
            }
        }

        /// With its limits and its offsets: most are quiet, and none is an error.
        @Test func everyRuleIsUnderstoodAsItIs() throws {
            let run = try #require(RealRun.current)
            for api in [run.prometheus.api, run.victoria.api] {
                for rule in try Self.rules(run.prometheus.api) {
                    #expect(throws: Never.self, "\(api.name): \(rule)") {
                        _ = try api.query(rule.expression, at: run.workedUntil)
                    }
                }
            }
        }

        /// Most alerts are quiet here: without their limits they have data.
        @Test func everyRuleHasDataBehindIt() throws {
            let run = try #require(RealRun.current)
            for api in [run.prometheus.api, run.victoria.api] {
                // There is a node, and no instrument is beyond its limit.
                var without: Set = ["RPPNoNode", "OTelAttributeSetsRefused"]
                // There a series that is pushed no more ends after five minutes.
                if api.port == run.victoria.api.port { without.insert("RPPNodeSilent") }
                for rule in try Self.rules(run.prometheus.api) {
                    let expression = Self.withoutLimits(rule.expression)
                    let hasData = try Self.hasData(expression, in: api, run)
                    #expect(
                        hasData != without.contains(rule.name),
                        "\(api.name): \(rule.name), \(expression)")
                }
            }
        }

        @Test func alertsFireAtWhatHappenedAndAtNothingElse() throws {
            let run = try #require(RealRun.current)
            let seconds = Int(run.workedUntil - run.scrapedSince)
            for api in [run.prometheus.api, run.victoria.api] {
                let firing = try api.query(
                    "max by (alertname, instance) "
                        + "(max_over_time(ALERTS{alertstate=\"firing\"}[\(seconds)s]))",
                    at: run.workedUntil)
                let found = Set(
                    firing.map { sample in
                        "\(sample.labels["alertname"] ?? "") \(sample.labels["instance"] ?? "")"
                    })
                // Failed votes are too few for their alert on a slow machine.
                #expect(
                    found.subtracting(["RPPVotesFailing networked"]) == [
                        "RPPSlashing networked", "OTelPointsLost lonely",
                    ], "\(api.name)")
            }
            // It waits for two minutes.
            let gone = try run.prometheus.api.query(
                "ALERTS{alertname=\"RPPNodeSilent\",alertstate=\"pending\"}", at: run.workedUntil)
            #expect(gone.map { $0.labels["instance"] } == ["departed"])
        }

        /// With comparisons that keep what does not fulfil them, and of the present only: minutes
        /// ago there was no run yet.
        private static func withoutLimits(_ expression: String) -> String {
            var result = ""
            var depth = 0
            var rest = Substring(
                expression.replacingOccurrences(
                    of: " offset [0-9]+m", with: "", options: .regularExpression))
            while let first = rest.first {
                if first == "{" { depth += 1 }
                if first == "}" { depth -= 1 }
                let sign =
                    depth > 0
                    ? nil : ["<=", ">=", "==", "!=", "<", ">"].first { rest.hasPrefix($0) }
                guard let sign else {
                    result.append(first)
                    rest = rest.dropFirst()
                    continue
                }
                rest = rest.dropFirst(sign.count)
                result += sign + (rest.hasPrefix(" bool") ? "" : " bool")
            }
            return result
        }
    }
}
