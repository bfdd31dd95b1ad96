import Foundation
import Testing

@testable import dashboards

/// The dashboards as Grafana reads them.
@Suite struct BoardTests {
    private func number(_ object: [String: Any], _ key: String) throws -> Int {
        try #require(object[key] as? Int, "\(key) is missing")
    }

    @Test func fiveDashboardsHaveFixedNames() throws {
        let boards = try Generated.boards()
        #expect(
            boards.keys.sorted() == [
                "dashboards/bandwidth-overview.json", "dashboards/consensus.json",
                "dashboards/emitter-health.json", "dashboards/peer-score-drilldown.json",
                "dashboards/runtime.json",
            ])
        #expect(
            Set(boards.values.compactMap { $0["uid"] as? String }) == [
                "rpp-bandwidth-overview", "rpp-consensus", "rpp-emitter-health",
                "rpp-peer-score-drilldown", "rpp-runtime",
            ])
        for (path, board) in boards {
            #expect(board["id"] is NSNull, "\(path): an id is Grafana's own")
            #expect(try number(board, "schemaVersion") >= 39)
            #expect((board["tags"] as? [String])?.contains("rpp") == true)
            #expect((board["title"] as? String)?.hasPrefix("RPP: ") == true)
        }
    }

    @Test func readersChooseDataSourceAndInstances() throws {
        for (path, board) in try Generated.boards() {
            let templating = try #require(board["templating"] as? [String: Any])
            let variables = try #require(templating["list"] as? [[String: Any]])
            #expect(variables.compactMap { $0["name"] as? String } == ["datasource", "instance"])
            #expect(variables[0]["type"] as? String == "datasource")
            #expect(variables[0]["query"] as? String == "prometheus")
            let query = try #require(variables[1]["query"] as? [String: Any])
            let metric =
                path.contains("emitter")
                ? "otelemitter_last_success_age_seconds" : "rpp_runtime_chain_block_height"
            #expect(query["query"] as? String == "label_values(\(metric), instance)")
            #expect(variables[1]["multi"] as? Bool == true)
            #expect(variables[1]["includeAll"] as? Bool == true)
            #expect(variables[1]["allValue"] as? String == ".*")
        }
    }

    @Test func everyTargetUsesTheChosenDataSource() throws {
        for panel in try Generated.boards().values.flatMap(Generated.panels) {
            let targets = panel["targets"] as? [[String: Any]] ?? []
            let isRow = panel["type"] as? String == "row"
            #expect(targets.isEmpty == isRow, "\(panel["title"] ?? "")")
            for object in targets + (isRow ? [] : [panel]) {
                let source = object["datasource"] as? [String: String]
                #expect(source == ["type": "prometheus", "uid": "${datasource}"])
            }
        }
    }

    @Test func panelsAreOfFewKindsAndExplained() throws {
        let units: Set = ["ms", "s", "bytes", "Bps", "ops", "short", "none", "percentunit"]
        for panel in try Generated.boards().values.flatMap(Generated.panels) {
            let title = try #require(panel["title"] as? String)
            let type = try #require(panel["type"] as? String)
            #expect(["row", "stat", "timeseries", "table", "bargauge"].contains(type), "\(title)")
            guard type != "row" else { continue }
            #expect((panel["description"] as? String)?.hasSuffix(".") == true, "\(title)")
            let fields = try #require(panel["fieldConfig"] as? [String: Any])
            let defaults = try #require(fields["defaults"] as? [String: Any])
            #expect(units.contains(try #require(defaults["unit"] as? String)), "\(title)")
        }
    }

    @Test func panelsFillTheGridWithoutOverlap() throws {
        for (path, board) in try Generated.boards() {
            var taken: Set<[Int]> = []
            var identifiers: Set<Int> = []
            for panel in try Generated.panels(board) {
                let title = panel["title"] ?? ""
                #expect(identifiers.insert(try number(panel, "id")).inserted)
                let place = try #require(panel["gridPos"] as? [String: Any])
                let (x, y) = (try number(place, "x"), try number(place, "y"))
                let (width, height) = (try number(place, "w"), try number(place, "h"))
                #expect(x >= 0 && width > 0 && x + width <= 24, "\(path), \(title)")
                for cell in 0..<(width * height) {
                    let isFree = taken.insert([x + cell % width, y + cell / width]).inserted
                    guard !isFree else { continue }
                    Issue.record("\(path): \(title) overlaps another panel")
                    break
                }
            }
        }
    }

    /// A node without a network stack has none, and is sound.
    @Test func numbersOfPeersAreNeitherGoodNorBad() throws {
        let figures = try Generated.boards().values.flatMap(Generated.panels).filter {
            $0["title"] as? String == "Peers" && $0["type"] as? String == "stat"
        }
        #expect(figures.count == 2)
        for figure in figures {
            let fields = try #require(figure["fieldConfig"] as? [String: Any])
            let defaults = try #require(fields["defaults"] as? [String: Any])
            let thresholds = try #require(defaults["thresholds"] as? [String: Any])
            let steps = try #require(thresholds["steps"] as? [[String: Any]])
            #expect(steps.compactMap { $0["color"] as? String } == ["blue"])
        }
    }

    /// The last value of a range is there when its node is gone.
    @Test func figuresOfNowAreAskedForNow() throws {
        for panel in try Generated.boards().values.flatMap(Generated.panels) {
            let isGraph = panel["type"] as? String == "timeseries"
            for target in panel["targets"] as? [[String: Any]] ?? [] {
                #expect(target["instant"] as? Bool == !isGraph, "\(panel["title"] ?? "")")
                #expect(target["range"] as? Bool == isGraph, "\(panel["title"] ?? "")")
            }
        }
    }

    /// Contract, section 5; and the limit of the alert RPPQuorumSlow.
    @Test(arguments: [
        ("peer-score-drilldown", "The lowest scores over time", [-30, -15, -5]),
        ("consensus", "Quorum latency", [2000]),
    ])
    func limitsAreMarkedAsLines(name: String, title: String, values: [Int]) throws {
        let board = try #require(try Generated.boards()["dashboards/\(name).json"])
        let panel = try #require(
            try Generated.panels(board).first { $0["title"] as? String == title })
        let fields = try #require(panel["fieldConfig"] as? [String: Any])
        let defaults = try #require(fields["defaults"] as? [String: Any])
        let thresholds = try #require(defaults["thresholds"] as? [String: Any])
        let steps = try #require(thresholds["steps"] as? [[String: Any]])
        #expect(steps.compactMap { $0["value"] as? Int } == values)
        let custom = try #require(defaults["custom"] as? [String: Any])
        #expect(custom["thresholdsStyle"] as? [String: String] == ["mode": "dashed"])
    }
}
