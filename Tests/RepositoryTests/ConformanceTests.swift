import Testing

/// What `Documentation/conformance.md` says about the specification.
@Suite struct ConformanceTests {
    /// The rows of the checklist: ranges of numbers, by chapter.
    private static let chapters: [(chapter: Int, numbers: [ClosedRange<Int>])] = [
        (1, [1...6]), (2, [1...14]), (3, [1...11, 20...23, 30...35]), (4, [1...12]), (5, [1...13]),
        (6, [1...9, 20...29]), (7, [1...10]), (8, [1...16]), (9, [1...9]), (10, [1...7]),
        (11, [1...3]),
    ]

    private struct Row {
        let identifier: String
        let level: String
        let state: String
        /// Files below Tests and functions in them.
        let tests: [(file: String, function: String)]

        var isMust: Bool { level.contains("M") }
        var isBuilt: Bool { !state.hasPrefix("not built") }
    }

    private func rows() throws -> [Row] {
        let text = try #require(try Repository.text("Documentation/conformance.md"))
        return text.split(separator: "\n").compactMap { Self.row($0) }
    }

    /// Nil for lines that are no row of the table.
    private static func row(_ line: some StringProtocol) -> Row? {
        let cells = line.split(separator: "|", omittingEmptySubsequences: false).map { cell in
            String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        guard cells.count == 7, cells[1].hasPrefix("A"), cells[1].contains(".") else { return nil }
        let tests = cells[5].split(separator: ";").flatMap { part in
            let names = part.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }
                .map { String($0.element) }
            return names.dropFirst().map { (names[0], $0) }
        }
        return Row(identifier: cells[1], level: cells[2], state: cells[4], tests: tests)
    }

    @Test func everyRowOfTheChecklistIsThereOnceAndInOrder() throws {
        let expected = Self.chapters.flatMap { chapter, numbers in
            numbers.flatMap { $0 }.map { "A\(chapter).\($0)" }
        }
        #expect(try rows().map(\.identifier) == expected)
    }

    @Test func statesAreClearAndNothingThatIsAMustIsMissing() throws {
        for row in try rows() {
            let state = row.state.prefix { $0 != ":" }
            #expect(["built", "partly", "not built"].contains(state), "\(row.identifier)")
            let hasReason = row.state.contains(": ")
            #expect(state == "built" || hasReason, "\(row.identifier) does not say why")
            #expect(!row.isMust || row.isBuilt, "\(row.identifier) is a must")
            #expect(row.isBuilt == !row.tests.isEmpty, "\(row.identifier) and its tests")
        }
    }

    @Test func everyTestThatIsNamedExists() throws {
        for row in try rows() {
            for (file, function) in row.tests {
                let text =
                    try Repository.exists("Tests/\(file)") ? Repository.text("Tests/\(file)") : nil
                #expect(
                    text?.contains("func \(function)(") == true,
                    "\(row.identifier): Tests/\(file) has no test \(function)")
            }
        }
    }

    @Test func rowsAreReadAsTheyAreWritten() {
        let row = Self.row("| A1.2 | M/S | d | partly: why | `a.swift`: `b`, `c`; `d.swift`: `e` |")
        #expect(row?.identifier == "A1.2" && row?.isMust == true && row?.isBuilt == true)
        #expect(row?.tests.map(\.file) == ["a.swift", "a.swift", "d.swift"])
        #expect(row?.tests.map(\.function) == ["b", "c", "e"])
        #expect(Self.row("| A1.2 | S | d | not built: why | – |")?.tests.isEmpty == true)
        #expect(Self.row("|---|---|---|---|---|") == nil)
        #expect(Self.row("| row | level | demand | state | shown by |") == nil)
    }
}
