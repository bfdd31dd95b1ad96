import Testing

@testable import OTelEmitter

@Suite struct EnvironmentVariableTests {
    @Test func everyVariableIsOneOfOpenTelemetrysAndHasADefaultToShow() {
        for variable in EnvironmentVariable.allCases {
            #expect(variable.rawValue.hasPrefix("OTEL_"))
            #expect(!variable.defaultText.isEmpty)
        }
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
        #expect(EnvironmentVariable.compression.defaultText == "\(configuration.compression)")
    }
}
