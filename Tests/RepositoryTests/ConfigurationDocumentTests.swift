import OTelEmitter
import Testing

/// `Documentation/configuration.md` names every variable and every option, each in a row of its
/// own.
@Suite struct ConfigurationDocumentTests {
    /// The cells of all rows of its tables, without backticks.
    private func rows() throws -> [[String]] {
        let text = try #require(try Repository.text("Documentation/configuration.md"))
        return text.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().map { cell in
                String(
                    cell.filter { $0 != "`" }.drop { $0 == " " }.reversed().drop { $0 == " " }
                        .reversed())
            }
        }
    }

    @Test func everyVariableHasARow() throws {
        let described = try rows().compactMap { $0.count > 4 ? $0[1] : nil }
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
        let described = try rows().compactMap { $0.first }.filter { $0.hasPrefix("RPP_") }
        #expect(described.sorted() == known.sorted())
    }

    @Test func everyOptionHasARow() throws {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.spool = SpoolOptions(directory: "d")
        let options = Set(
            configuration.effective.map { option in
                option.name.hasPrefix("resource.") ? "resource" : option.name
            })
        let described = try rows().compactMap { $0.count > 4 ? $0[0] : nil }
            .filter { !$0.isEmpty && $0 != "option" && !$0.hasPrefix("-") }
        #expect(Set(described) == options)
        #expect(Set(described).count == described.count)
    }

    /// Each variable that means an option can be set in code as well (checklist D).
    @Test func variablesStandInRowsOfTheirOptions() throws {
        let withoutOption: Set = [
            "OTEL_CONFIG_FILE", "OTEL_EXPERIMENTAL_CONFIG_FILE", "OTEL_ENTITIES",
            "OTEL_EXPORTER_OTLP_INSECURE", "OTEL_EXPORTER_OTLP_METRICS_INSECURE",
            "OTEL_EXPORTER_PROMETHEUS_HOST", "OTEL_EXPORTER_PROMETHEUS_PORT",
        ]
        var option = ""
        var found: Set<String> = []
        for row in try rows() where row.count > 4 {
            if !row[0].isEmpty { option = row[0] }
            if row[1].hasPrefix("OTEL_"), !withoutOption.contains(row[1]) {
                #expect(option != "option" && !option.isEmpty, "\(row[1]) has no option")
                found.insert(row[1])
            }
        }
        #expect(found.count + withoutOption.count == EnvironmentVariable.allCases.count)
    }
}
