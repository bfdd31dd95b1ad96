import Testing

@testable import OTelEmitter

@Suite struct EnvironmentVariableTests {
    @Test func everyVariableIsOneOfOpenTelemetrysAndHasADefaultToShow() {
        for variable in EnvironmentVariable.allCases {
            #expect(variable.rawValue.hasPrefix("OTEL_"))
            #expect(!variable.defaultText.isEmpty)
        }
    }

    /// Checklist D: own variables.
    @Test func ownVariablesAreNamedAfterTheLanguage() {
        let own = EnvironmentVariable.allCases.filter { $0.rawValue.contains("SWIFT") }
        #expect(own.count == 6)
        #expect(own.allSatisfy { $0.rawValue.hasPrefix("OTEL_SWIFT_") })
    }

    @Test func theDefaultsShownAreThoseInForce() {
        let configuration = EmitterConfiguration(environment: [:])
        let milliseconds = { (duration: Duration) in "\(duration.nanoseconds / 1_000_000)" }
        #expect(
            EnvironmentVariable.exportInterval.defaultText
                == milliseconds(configuration.exportInterval))
        #expect(
            EnvironmentVariable.exportTimeout.defaultText
                == milliseconds(configuration.exportTimeout))
        #expect(EnvironmentVariable.timeout.defaultText == milliseconds(configuration.timeout))
        #expect(
            Endpoint(base: EnvironmentVariable.endpoint.defaultText) == configuration.endpoint)
        let spool = SpoolOptions(directory: "d")
        #expect(EnvironmentVariable.spoolMaximumBytes.defaultText == "\(spool.byteLimit)")
        #expect(EnvironmentVariable.spoolMaximumAge.defaultText == milliseconds(spool.ageLimit))
        #expect(EnvironmentVariable.selfMetrics.defaultText == "\(configuration.isSelfObserved)")
        #expect(EnvironmentVariable.logLevel.defaultText == "\(configuration.logLevel)")
        #expect(EnvironmentVariable.metricsExporter.defaultText == configuration.exporter.name)
        #expect(EnvironmentVariable.compression.defaultText == "\(configuration.compression)")
    }
}
