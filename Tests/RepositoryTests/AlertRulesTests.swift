import Foundation
import Testing

/// Alerts, the tests of them, and the runbook speak of the same.
@Suite(
    .enabled(
        if: Tool.python != nil || Tool.isRequired, Comment(rawValue: Tool.reasonToSkip)))
struct AlertRulesTests {
    private static let folder = "collector-config/rules"

    private static func objects(_ value: Any?) throws -> [[String: Any]] {
        try #require(value as? [[String: Any]])
    }

    /// The alerts by name.
    private static func alerts() throws -> [String: [String: Any]] {
        let file = try Tool.parseYAML("\(folder)/alerts.yaml")
        let rules = try objects(file["groups"]).flatMap { try objects($0["rules"]) }
        var alerts: [String: [String: Any]] = [:]
        for rule in rules {
            let name = try #require(rule["alert"] as? String)
            #expect(alerts.updateValue(rule, forKey: name) == nil, "\(name) is there twice")
        }
        return alerts
    }

    /// For each alert whether it fires, at the instants at which a test looks at it.
    private static func states() throws -> [String: [Bool]] {
        var states: [String: [Bool]] = [:]
        let files = Repository.files(below: folder + "/tests", endingIn: ".yaml")
        for test in try files.flatMap({ try objects(Tool.parseYAML($0)["tests"]) }) {
            let name = try #require(test["name"] as? String)
            // Others count how often alerts fire.
            guard let looks = test["alert_rule_test"] else { continue }
            let ordered = try objects(looks).sorted {
                minutes($0["eval_time"]) < minutes($1["eval_time"])
            }
            for look in ordered {
                #expect(look["alertname"] as? String == name, "\(name) looks at another alert")
                states[name, default: []].append(try !objects(look["exp_alerts"]).isEmpty)
            }
        }
        return states
    }

    private static func minutes(_ time: Any?) -> Int {
        (time as? String).flatMap { Int($0.dropLast()) } ?? 0
    }

    /// The headings of the runbook that are alerts, as anchors.
    private static func sections() throws -> Set<String> {
        let text = try #require(try Repository.text("Documentation/runbook.md"))
        return Set(
            text.split(separator: "\n").filter { $0.hasPrefix("### ") }
                .map { $0.dropFirst(4).lowercased() })
    }

    @Test func everyAlertSaysWhatItIsAndWhatToDo() throws {
        let alerts = try Self.alerts()
        #expect(alerts.count >= 17)
        for (name, rule) in alerts {
            let labels = try #require(rule["labels"] as? [String: String])
            #expect(["critical", "warning"].contains(labels["severity"]), "\(name)")
            let annotations = try #require(rule["annotations"] as? [String: String])
            #expect(Set(annotations.keys) == ["summary", "description", "runbook_url"], "\(name)")
            #expect(annotations.values.allSatisfy { !$0.isEmpty }, "\(name)")
            // No node reports: there is none to name.
            let isOfNone = name == "RPPNoNode"
            #expect(annotations["summary"]?.contains("$labels.instance") == !isOfNone, "\(name)")
        }
    }

    @Test func everyAlertHasASectionOfTheRunbookAndNoSectionIsOfNone() throws {
        var anchors: Set<String> = []
        for (name, rule) in try Self.alerts() {
            let annotations = try #require(rule["annotations"] as? [String: String])
            let parts = annotations["runbook_url"]?.split(separator: "#").map(String.init) ?? []
            #expect(parts == ["Documentation/runbook.md", name.lowercased()])
            anchors.insert(parts.last ?? "")
        }
        #expect(try Self.sections() == anchors)
    }

    @Test func everyAlertIsSeenQuietThenFiringThenResolved() throws {
        let states = try Self.states()
        #expect(Set(states.keys) == Set(try Self.alerts().keys))
        for (name, seen) in states {
            #expect(seen.first == false, "\(name) fires in health")
            #expect(seen.last == false, "\(name) does not resolve")
            #expect(seen.contains(true), "\(name) never fires")
        }
    }

    /// The documents name each alert as it is called.
    @Test func alertsThatDashboardsNameExist() throws {
        let alerts = Set(try Self.alerts().keys)
        for path in Repository.files(below: "collector-config/dashboards", endingIn: ".json") {
            let text = try #require(try Repository.text(path))
            let words = text.split { !$0.isLetter }.map(String.init)
            for word in words where word.hasPrefix("RPP") || word.hasPrefix("OTel") {
                #expect(word == "RPP" || alerts.contains(word), "\(path) names \(word)")
            }
        }
    }
}
