import Instruments
import Testing

@testable import OTelEmitter

@Suite struct EmitterConfigurationSettingsTests {
    /// Stored properties that are no options of the host, or stand for one of another name.
    private static let others: [String: String] = [
        "chosenInterval": "exportInterval", "chosenHandler": "diagnosticHandler",
        "endpointChoice": "endpoint", "processResource": "resource",
    ]
    private static let notShown: Set = [
        "hostProblems",
        "consoleDescriptor", "clock", "startPhase", "random", "baseline",
    ]

    @Test func everyOptionIsAmongThem() {
        let names = EmitterConfiguration(environment: [:]).settings.map(\.name)
        let properties = Mirror(reflecting: EmitterConfiguration(environment: [:])).children
            .compactMap(\.label).filter { !Self.notShown.contains($0) }
        #expect(properties.count > 25)
        for property in properties {
            let option = Self.others[property] ?? property
            #expect(
                names.contains { $0 == option || $0.hasPrefix(option + ".") },
                "\(option) is not among the settings")
        }
    }

    @Test func everyPartOfAnOptionIsAmongThem() {
        var configuration = EmitterConfiguration(environment: [:])
        configuration.spool = SpoolOptions(directory: "d")
        let names = Set(configuration.settings.map(\.name))
        let parts: [(String, Any)] = [
            ("spool", SpoolOptions(directory: "d")), ("tls", TLSOptions()),
            ("batchLimits", BatchLimits()),
        ]
        for (option, value) in parts {
            for label in Mirror(reflecting: value).children.compactMap(\.label) {
                #expect(names.contains("\(option).\(label)"))
            }
        }
    }

    @Test func valuesAreForPeople() {
        var configuration = EmitterConfiguration(environment: [:])
        let shown = { (name: String) in
            configuration.settings.first { $0.name == name }?.shown
        }
        #expect(shown("histogramAggregation") == "explicitBuckets")
        #expect(shown("idleExpiry") == "never")
        #expect(shown("cardinalityLimits") == "none")
        configuration.histogramAggregation = .exponentialBuckets()
        configuration.idleExpiry = .milliseconds(90_500)
        configuration.exportTimeout = .zero
        #expect(shown("histogramAggregation") == "exponentialBuckets")
        #expect(shown("idleExpiry") == "90500 ms")
        #expect(shown("exportTimeout") == "no limit")
    }
}
