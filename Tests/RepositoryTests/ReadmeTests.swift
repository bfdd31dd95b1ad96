import Foundation
import Instruments
import OTelEmitter
import Testing

/// README's table of environment variables is the code's: its rows begin with the variable and its
/// default, both in backticks or plain.
@Suite struct ReadmeTests {
    private struct Row: Equatable {
        let variable: String
        let defaultText: String
    }

    private func rows(_ markdown: String) -> [Row] {
        markdown.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("|") else { return nil }
            let cells = line.split(separator: "|", omittingEmptySubsequences: false).dropFirst()
                .map { cell in String(cell).filter { $0 != "`" } }
                .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
            guard cells.count >= 2, cells[0].hasPrefix("OTEL_") else { return nil }
            return Row(variable: cells[0], defaultText: cells[1])
        }
    }

    @Test func tableOfVariablesIsTheCodes() throws {
        let readme = try #require(try Repository.text("README.md"), "README.md is missing")
        let rows = rows(readme)
        for variable in EnvironmentVariable.allCases {
            let described = rows.filter { $0.variable == variable.rawValue }
            let wanted = "| `\(variable.rawValue)` | `\(variable.defaultText)` | …"
            #expect(
                described.map(\.defaultText) == [variable.defaultText],
                "README.md needs exactly one row that begins \(wanted)")
        }
        let known = Set(EnvironmentVariable.allCases.map(\.rawValue))
        for row in rows where !known.contains(row.variable) {
            Issue.record("README.md describes \(row.variable), which nothing reads")
        }
    }

    @Test func rowsAreReadAsTheyAreWritten() {
        let markdown = """
            | Variable | Default |
            |---|---|
            | `OTEL_A` | `x` | text |
            |OTEL_B| none ||
            """
        let expected = [
            Row(variable: "OTEL_A", defaultText: "x"), Row(variable: "OTEL_B", defaultText: "none"),
        ]
        #expect(rows(markdown) == expected)
    }

    @Test func tableOfTheEmittersOwnMetricsIsTheCodes() throws {
        let readme = try #require(try Repository.text("README.md"), "README.md is missing")
        let rows = readme.split(separator: "\n").map { NamedTest.cells(of: $0) }
            .filter { $0.count == 6 }
        #expect(OwnMetric.all.count >= 10)
        for metric in OwnMetric.all {
            // The second of two in one row has no scope.
            let last = metric.name.split(separator: ".").last.map { "`.\($0)`" } ?? ""
            let row =
                rows.first { $0[1] == "`\(metric.name)`" || $0[1].hasPrefix("`\(metric.name)`,") }
                ?? rows.first { $0[1].hasSuffix(", " + last) }
            let described = try #require(row, "README.md has no row for \(metric.name)")
            #expect(described[2] == "`\(metric.unit)`", "\(metric.name)")
        }
    }

    /// The guide shows nothing that is not built and run.
    @Test func codeOfTheGuideIsThatOfTheExamples() throws {
        let guide = try #require(try Repository.text("Documentation/adopting.md"))
        let examples = try Repository.files(below: "Examples", endingIn: ".swift")
            .compactMap { try Repository.text($0) }
        let parts = guide.components(separatedBy: "```")
        let blocks = parts.indices.filter { !$0.isMultiple(of: 2) }.map { parts[$0] }
        #expect(blocks.count >= 7)
        for block in blocks where block.hasPrefix("swift\n") {
            let code = block.dropFirst("swift\n".count).dropLast()
            #expect(examples.contains { $0.contains(code) }, "not in Examples:\n\(code)")
        }
    }

    /// Paths in backticks or links that look like files of the repository exist.
    @Test(arguments: ["README.md", "CONTRIBUTING.md", "collector-config/README.md"])
    func filesThatAreNamedExist(document: String) throws {
        let text = try #require(try Repository.text(document), "\(document) is missing")
        let folders = [
            "Sources/", "Tests/", "scripts/", "collector-config/", ".ci/", "Documentation/",
        ]
        let words = text.split { " \n\t`()[]<>\"'|,;:".contains($0) }
        for word in words where folders.contains(where: { word.hasPrefix($0) }) {
            let path = String(
                word.drop { $0 == "/" }.reversed().drop { "./".contains($0) }.reversed())
            guard !path.contains("{"), !path.contains("*"), !path.contains("…") else { continue }
            #expect(Repository.exists(path), "\(document) names \(path)")
        }
    }

    @Test func everyDashboardHasAPictureOfEachTheme() throws {
        let readme = try #require(try Repository.text("README.md"), "README.md is missing")
        let folder = "collector-config/dashboards/"
        let boards = Repository.files(below: "collector-config/dashboards", endingIn: ".json")
        let pictures = boards.flatMap { board in
            ["light", "dark"].map { theme in
                "Documentation/pictures/\(board.dropFirst(folder.count).dropLast(5))-\(theme).png"
            }
        }
        #expect(pictures.count >= 10)
        for picture in pictures {
            #expect(readme.contains(picture), "README.md does not show \(picture)")
        }
        #expect(
            Repository.files(below: "Documentation/pictures", endingIn: "").sorted()
                == pictures.sorted(), "scripts/pictures makes them")
        // Whoever clones the repository gets all of them, and all that they ever were.
        let limitBytes = 1_500_000
        let sizes = try pictures.map {
            try Data(contentsOf: Repository.root.appendingPathComponent($0)).count
        }
        #expect(sizes.reduce(0, +) <= limitBytes, "\(sizes)")
    }
}
