import Testing

/// What `Documentation/reliability.md` says about failures.
@Suite struct ReliabilityTests {
    /// The scenarios: how many each group has.
    private static let groups: [(name: String, count: Int)] = [
        ("R", 13), ("H", 15), ("T", 6), ("C", 4), ("P", 13), ("D", 10), ("K", 5), ("S", 7),
        ("F", 5),
    ]
    /// Those that may never be without a test.
    private static let musts: Set<String> = Set(
        ["R1", "R3", "R4", "R5", "R7", "T1", "P1", "P3", "P6"] + (1...13).map { "H\($0)" }
            + (1...5).map { "S\($0)" })
    /// Scenarios that may be without a test.
    private static let untestedLimit = 6

    private struct Row {
        let scenario: String
        let state: String
        let tests: [NamedTest]

        var isTested: Bool { !state.hasPrefix("untested") }
    }

    private func rows() throws -> [Row] {
        let text = try #require(try Repository.text("Documentation/reliability.md"))
        return text.split(separator: "\n").compactMap { line in
            let cells = NamedTest.cells(of: line)
            guard cells.count == 6, Self.groups.contains(where: { cells[1].hasPrefix($0.name) }),
                cells[1].dropFirst().allSatisfy(\.isNumber)
            else { return nil }
            return Row(scenario: cells[1], state: cells[3], tests: NamedTest.all(in: cells[4]))
        }
    }

    @Test func everyScenarioIsThereOnceAndInOrder() throws {
        let expected = Self.groups.flatMap { group in
            (1...group.count).map { "\(group.name)\($0)" }
        }
        #expect(try rows().map(\.scenario) == expected)
    }

    @Test func statesAreClearAndFewScenariosAreUntested() throws {
        let rows = try rows()
        for row in rows {
            let state = row.state.prefix { $0 != ":" }
            #expect(["tested", "partly", "untested"].contains(state), "\(row.scenario)")
            #expect(state == "tested" || row.state.contains(": "), "\(row.scenario) says not why")
            #expect(row.isTested == !row.tests.isEmpty, "\(row.scenario) and its tests")
            #expect(row.isTested || !Self.musts.contains(row.scenario), "\(row.scenario)")
        }
        #expect(rows.filter { !$0.isTested }.count <= Self.untestedLimit)
    }

    @Test func everyTestThatIsNamedExists() throws {
        for row in try rows() {
            for test in row.tests {
                #expect(
                    try test.exists(),
                    "\(row.scenario): Tests/\(test.file) has no test \(test.function)")
            }
        }
    }

    @Test func everyScenarioTestIsNamed() throws {
        let named = try rows().flatMap(\.tests)
        for path in Repository.files(below: "Tests/PipelineTests/Scenarios", endingIn: ".swift") {
            let file = String(path.dropFirst("Tests/".count))
            let text = try #require(try Repository.text(path))
            for part in text.split(separator: "func ").dropFirst() {
                let function = String(part.prefix { $0 != "(" })
                let isScenario = function.first?.isLetter == true && function.contains("_")
                guard isScenario else { continue }
                #expect(
                    named.contains(NamedTest(file: file, function: function)),
                    "\(file): \(function) is not in the table")
            }
        }
    }
}
