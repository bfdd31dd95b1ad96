import Testing

@testable import OTelEmitter

@Suite struct EmitterOptionTests {
    private static let options = EmitterConfiguration.options

    private func values(_ configuration: EmitterConfiguration) -> [String: String] {
        Dictionary(
            configuration.effective.filter { $0.name != "resource.service.instance.id" }
                .map { ($0.name, $0.value) }
        ) { $1 }
    }

    @Test func everyVariableStandsOnce() {
        let variables = EnvironmentVariable.allCases
        #expect(variables.count == 39)
        #expect(Set(variables).count == variables.count)
    }

    @Test func everyVariableHasADefaultToShow() {
        for option in Self.options {
            #expect(option.defaults.map(\.variable) == option.variables)
            #expect(option.defaults.allSatisfy { !$0.text.isEmpty })
        }
    }

    @Test func everyNameIsThatOfWhatIsPrinted() {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.spool = SpoolOptions(directory: "d")
        for option in Self.options {
            for setting in option.settings(of: configuration) {
                let name = option.name ?? ""
                #expect(setting.name == name || setting.name.hasPrefix(name + "."))
            }
        }
    }

    /// The default that README shows is what the variable would have to say for it.
    @Test func aVariableThatSaysItsDefaultChangesNoValue() {
        let unset = values(EmitterConfiguration(environment: [:]))
        let texts: Set = [
            "none", "the general variable", "the system's authorities", "endpoint + /v1/metrics",
            "unknown_service:<executable>",
        ]
        var count = 0
        for (variable, text) in Self.options.flatMap(\.defaults)
        where !texts.contains(text) || variable == .compression {
            let configuration = EmitterConfiguration(environment: [variable.rawValue: text])
            let isSpool = variable.rawValue.contains("_SPOOL_")
            #expect(configuration.problems.count == (isSpool ? 1 : 0), "\(variable.rawValue)")
            #expect(values(configuration) == unset, "\(variable.rawValue)=\(text)")
            count += 1
        }
        #expect(count >= 15)
    }

    @Test func limitsOfASpoolThatDoesNotExistArePrintedNowhere() {
        let configuration = EmitterConfiguration(environment: ["OTEL_SWIFT_SPOOL_MAX_BYTES": "5"])
        #expect(!configuration.effectiveText.contains("spool.byteLimit"))
    }

    @Test func anOptionWithoutVariablesIsSetByCodeAlone() throws {
        let option = try #require(Self.options.first { $0.name == "queueByteLimit" })
        var reader = EnvironmentReader([:])
        var configuration = EmitterConfiguration(environment: [:])
        configuration.queueByteLimit = 7
        option.read(into: &configuration, &reader)
        #expect(option.variables.isEmpty)
        #expect(option.settings(of: configuration).map(\.shown) == ["7 bytes"])
    }
}
