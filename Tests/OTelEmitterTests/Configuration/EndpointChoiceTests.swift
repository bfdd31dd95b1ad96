import Testing

@testable import OTelEmitter

@Suite struct EndpointChoiceTests {
    private func read(_ variable: EnvironmentVariable, _ text: String) -> EndpointChoice? {
        var reader = EnvironmentReader([variable.rawValue: text])
        return EndpointChoice.format.read(&reader, variable)
    }

    @Test func theVariableForMetricsIsUsedAsItIsAndTheOtherIsABase() {
        #expect(read(.metricsEndpoint, "http://a/x")?.endpoint?.description == "http://a/x")
        #expect(read(.endpoint, "http://a/x")?.endpoint?.description == "http://a/x/v1/metrics")
        #expect(read(.endpoint, " ") == nil)
    }

    @Test func aChoiceWithoutAnEndpointKnowsTheVariableToBlame() {
        let refused = read(.endpoint, "nonsense")
        #expect(refused?.endpoint == nil)
        #expect(refused?.unusableVariable == "OTEL_EXPORTER_OTLP_ENDPOINT")
        #expect(EndpointChoice(nil).unusableVariable == nil)
    }

    @Test func theDefaultIsShownAsABase() {
        let format = EndpointChoice.format
        #expect(format.notation(EndpointChoice(.standard)) == "http://localhost:4318")
        #expect(format.fallback == "endpoint + /v1/metrics")
    }
}
