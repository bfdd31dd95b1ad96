import Testing

/// What `Documentation/conformance.md` says about the specification.
@Suite struct ConformanceTests {
    /// The rows of the checklist's section A: ranges of numbers, by chapter.
    private static let chapters: [(chapter: Int, numbers: [ClosedRange<Int>])] = [
        (1, [1...6]), (2, [1...14]), (3, [1...11, 20...23, 30...35]), (4, [1...12]), (5, [1...13]),
        (6, [1...9, 20...29]), (7, [1...10]), (8, [1...16]), (9, [1...9]), (10, [1...7]),
        (11, [1...3]),
    ]
    /// The rows of further sections, in their order.
    private static let sections: [[String]] = [
        rows("B", [1...29]), rows("C", [1...13]), variables, ownMetrics, rows("F", [1...13]),
    ]

    private static func rows(_ section: String, _ numbers: [ClosedRange<Int>]) -> [String] {
        numbers.flatMap { $0 }.map { "\(section)\($0)" }
    }

    private static let ownMetrics = [
        "exporter.metric_data_point.inflight", "exporter.metric_data_point.exported",
        "exporter.operation.duration", "metric_reader.collection.duration", "component", "own",
    ].map { "E " + $0 }

    /// The checklist has no numbers for kinds of variables, nor for variables.
    private static let variables: [String] = {
        let kinds = [
            "empty", "boolean", "numeric", "integer", "duration", "timeout", "enum", "string",
            "list", "general",
        ]
        let names = [
            "SDK_DISABLED", "SERVICE_NAME", "RESOURCE_ATTRIBUTES", "ENTITIES", "LOG_LEVEL",
            "METRICS_EXPORTER", "METRIC_EXPORT_INTERVAL", "METRIC_EXPORT_TIMEOUT",
            "METRICS_EXEMPLAR_FILTER", "EXPORTER_OTLP_ENDPOINT", "EXPORTER_OTLP_METRICS_ENDPOINT",
            "EXPORTER_OTLP[_METRICS]_PROTOCOL", "EXPORTER_OTLP[_METRICS]_HEADERS",
            "EXPORTER_OTLP[_METRICS]_COMPRESSION", "EXPORTER_OTLP[_METRICS]_TIMEOUT",
            "EXPORTER_OTLP[_METRICS]_CERTIFICATE", "EXPORTER_OTLP[_METRICS]_CLIENT_KEY",
            "EXPORTER_OTLP[_METRICS]_CLIENT_CERTIFICATE", "EXPORTER_OTLP[_METRICS]_INSECURE",
            "EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
            "EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
            "EXPORTER_PROMETHEUS_HOST/_PORT", "ATTRIBUTE_*_LIMIT", "CONFIG_FILE",
        ]
        return (kinds + names.map { "OTEL_" + $0 } + ["others", "own"]).map { "D " + $0 }
    }()

    private struct Row {
        let identifier: String
        let level: String
        let state: String
        let tests: [NamedTest]

        var isMust: Bool { level.contains("M") }
        var isBuilt: Bool { !state.hasPrefix("not built") }
    }

    private func rows() throws -> [Row] {
        let text = try #require(try Repository.text("Documentation/conformance.md"))
        return text.split(separator: "\n").compactMap { Self.row($0) }
    }

    /// Nil for lines that are no row of the table.
    private static func row(_ line: some StringProtocol) -> Row? {
        let cells = NamedTest.cells(of: line)
        guard cells.count == 7, isIdentifier(cells[1]) else { return nil }
        return Row(
            identifier: cells[1], level: cells[2], state: cells[4],
            tests: NamedTest.all(in: cells[5]))
    }

    /// `A1.2` of the first section, `B3` or `D name` of others.
    private static func isIdentifier(_ text: String) -> Bool {
        guard let section = text.first, ("A"..."F").contains(section) else { return false }
        let rest = text.dropFirst()
        let isNumber = !rest.isEmpty && rest.allSatisfy { $0.isNumber || $0 == "." }
        return isNumber ? (section == "A") == rest.contains(".") : rest.hasPrefix(" ")
    }

    @Test func everyRowOfTheChecklistIsThereOnceAndInOrder() throws {
        let first = Self.chapters.flatMap { chapter, numbers in
            numbers.flatMap { $0 }.map { "A\(chapter).\($0)" }
        }
        #expect(try rows().map(\.identifier) == first + Self.sections.flatMap { $0 })
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
            for test in row.tests {
                #expect(
                    try test.exists(),
                    "\(row.identifier): Tests/\(test.file) has no test \(test.function)")
            }
        }
    }

    @Test func rowsAreReadAsTheyAreWritten() {
        let row = Self.row("| A1.2 | M/S | d | partly: why | `a.swift`: `b`, `c`; `d.swift`: `e` |")
        #expect(row?.identifier == "A1.2" && row?.isMust == true && row?.isBuilt == true)
        #expect(row?.tests.map(\.file) == ["a.swift", "a.swift", "d.swift"])
        #expect(row?.tests.map(\.function) == ["b", "c", "e"])
        #expect(Self.row("| A1.2 | S | d | not built: why | – |")?.tests.isEmpty == true)
        #expect(Self.row("| B3 | M | d | built | `a`: `b` |")?.identifier == "B3")
        #expect(Self.row("| D OTEL_X | M | d | built | `a`: `b` |")?.identifier == "D OTEL_X")
        #expect(Self.row("| A3 | M | d | built | `a`: `b` |") == nil)
        #expect(Self.row("|---|---|---|---|---|") == nil)
        #expect(Self.row("| row | level | demand | state | shown by |") == nil)
    }
}
