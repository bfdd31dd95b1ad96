import OTelEmitter
import Testing

/// `Documentation/configuration.md` has a row for every option and every variable, with its
/// default.
@Suite struct ConfigurationDocumentTests {
    /// A row of an option or of one of its variables.
    private struct Row {
        /// The option of this row, or of the rows before it.
        let option: String
        let namesOption: Bool
        let variable: String
        let standard: String
    }

    /// Defaults in words, where what is printed says it otherwise.
    private static let worded = [
        "resource": "see below", "views": "none", "metricProducers": "none", "metricFilter": "all",
    ]

    /// The cells of all rows of its tables, without backticks.
    private func cells() throws -> [[String]] {
        let text = try #require(try Repository.text("Documentation/configuration.md"))
        return text.split(separator: "\n").map { line in
            NamedTest.cells(of: line).dropFirst().map { $0.filter { $0 != "`" } }
        }
    }

    private func rows() throws -> [Row] {
        var rows: [Row] = []
        for cells in try cells() where cells.count > 4 {
            if cells[0] == "option" || cells[0].hasPrefix("-") { continue }
            rows.append(
                Row(
                    option: cells[0].isEmpty ? rows.last?.option ?? "" : cells[0],
                    namesOption: !cells[0].isEmpty, variable: cells[1], standard: cells[2]))
        }
        return rows
    }

    @Test func everyVariableHasARow() throws {
        let described = try rows().map(\.variable)
        for variable in EnvironmentVariable.allCases {
            let count = described.filter { $0 == variable.rawValue }.count
            #expect(count == 1, "\(variable.rawValue) has \(count) rows")
        }
        let known = Set(EnvironmentVariable.allCases.map(\.rawValue))
        for name in described where name.hasPrefix("OTEL_") {
            #expect(known.contains(name), "nothing reads \(name)")
        }
    }

    /// A node's own variables: those that the code reads, and no others.
    @Test func everyVariableOfANodeHasARow() throws {
        let path = "Sources/RPPTelemetry/Configuration/NodeVariable.swift"
        let code = try #require(try Repository.text(path))
        let known = code.split(separator: "\"").filter { $0.hasPrefix("RPP_") }.map(String.init)
        #expect(known.count == 8)
        let described = try cells().compactMap(\.first).filter { $0.hasPrefix("RPP_") }
        #expect(described.sorted() == known.sorted())
    }

    @Test func everyOptionHasARow() throws {
        let options = Set(EmitterConfiguration.options.compactMap(\.name))
        let described = try rows().filter(\.namesOption).map(\.option)
        #expect(Set(described) == options)
        #expect(Set(described).count == described.count)
    }

    /// Each variable that means an option can be set in code as well.
    @Test func variablesStandInRowsOfTheirOptions() throws {
        let rows = try rows()
        for option in EmitterConfiguration.options {
            guard let name = option.name else { continue }
            for variable in option.variables {
                let row = rows.first { $0.variable == variable.rawValue }
                #expect(row?.option == name, "\(variable.rawValue)")
            }
        }
    }

    @Test func everyOptionHasItsDefault() throws {
        for row in try rows() where row.namesOption {
            let printed = try #require(OptionDefaults.printed[row.option], "\(row.option)")
            let standard = Self.worded[row.option] ?? printed
            #expect(OptionDefaults.asPrinted(row.standard) == standard, "\(row.option)")
        }
    }

    /// In rows that name no option: what the variable would have to say.
    @Test func everyVariableHasItsDefault() throws {
        let texts = Dictionary(
            uniqueKeysWithValues: EmitterConfiguration.options.flatMap { option in
                // A variable for metrics has the default of the general one, which is the last.
                let last = option.defaults.last?.text ?? ""
                return option.defaults.map { variable, text in
                    (variable.rawValue, text == "the general variable" ? last : text)
                }
            })
        for row in try rows() where !row.namesOption {
            let text = try #require(texts[row.variable], "\(row.variable)")
            let printed = OptionDefaults.printed[row.option]
            let isDefault = row.standard == text || row.standard == printed
            #expect(isDefault, "\(row.variable) has \(row.standard), not \(text)")
        }
    }
}
