import Foundation
import Testing

@testable import dashboards

/// What is generated, as other programs read it: nothing here uses what wrote it.
enum Generated {
    /// The folder of the repository that holds the generated files.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "collector-config")

    struct Expression: CustomStringConvertible {
        /// Where it stands, for a person who has to mend it.
        let place: String
        let text: String

        var description: String { "\(place): \(text)" }
    }

    /// The dashboards by name.
    static func boards() throws -> [String: [String: Any]] {
        var boards: [String: [String: Any]] = [:]
        for file in try GeneratedFile.all() where file.path.hasSuffix(".json") {
            let object = try JSONSerialization.jsonObject(with: Data(file.bytes))
            boards[file.path] = try #require(object as? [String: Any])
        }
        return boards
    }

    static func panels(_ board: [String: Any]) throws -> [[String: Any]] {
        try #require(board["panels"] as? [[String: Any]])
    }

    /// The expressions of all panels.
    static func boardExpressions() throws -> [Expression] {
        try boards().sorted { $0.key < $1.key }.flatMap { path, board in
            try panels(board).flatMap { panel in
                try (panel["targets"] as? [[String: Any]] ?? []).map { target in
                    Expression(
                        place: "\(path), \(panel["title"] ?? "")",
                        text: try #require(target["expr"] as? String))
                }
            }
        }
    }

    /// The queries that the runbook tells a person to try.
    static func runbookExpressions() throws -> [Expression] {
        let file = folder.deletingLastPathComponent().appending(path: "Documentation/runbook.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        return text.components(separatedBy: "```promql\n").dropFirst().map { part in
            Expression(
                place: "runbook.md", text: part.components(separatedBy: "\n```").first ?? "")
        }
    }

    /// All expressions that somebody evaluates.
    static func expressions() throws -> [Expression] {
        try boardExpressions() + ruleExpressions() + runbookExpressions()
    }

    /// The expressions of all rules, by a scan of the text.
    static func ruleExpressions() throws -> [Expression] {
        try GeneratedFile.all().filter { $0.path.hasSuffix(".yaml") }.flatMap { file in
            var name = ""
            var expressions: [Expression] = []
            var isInside = false
            for line in String(decoding: file.bytes, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                if words.count == 3, words[1] == "alert:" || words[1] == "record:" {
                    name = String(words[2])
                }
                if words.first == "expr:" {
                    isInside = true
                    expressions.append(Expression(place: name, text: ""))
                } else if isInside, line.hasPrefix("          "), let last = expressions.popLast() {
                    let text = last.text + "\n" + line.drop { $0 == " " }
                    expressions.append(Expression(place: name, text: text))
                } else {
                    isInside = false
                }
            }
            return expressions
        }
    }
}
