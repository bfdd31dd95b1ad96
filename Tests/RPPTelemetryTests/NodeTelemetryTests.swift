import Instruments
import Testing

@testable import RPPTelemetry

@Suite struct NodeTelemetryTests {
    @Test func bothMetersLiveInTheGivenProvider() {
        let provider = MeterProvider()
        let telemetry = NodeTelemetry(provider: provider, nodeID: "n")
        telemetry.runtime.setPeerCount(3)
        #expect(provider.collect().scopes.map(\.scope.name) == ["rpp.network", "rpp.runtime"])
    }

    /// Without a network stack it costs nothing: there is not even an instrument.
    @Test func withoutANetworkNothingIsRegisteredForIt() {
        let provider = MeterProvider()
        let telemetry = NodeTelemetry(provider: provider, nodeID: "n", hasNetwork: false)
        telemetry.runtime.setPeerCount(3)
        #expect(telemetry.network == nil)
        #expect(provider.collect().scopes.map(\.scope.name) == ["rpp.runtime"])
        #expect(telemetry.snapshot().network == NetworkMetricsSnapshot())
    }

    @Test func collectionOfAnotherProviderGivesNoState() {
        let telemetry = NodeTelemetry(provider: MeterProvider(), nodeID: "n")
        telemetry.runtime.setChainHead(height: 9, hash: "0x9")
        let foreign = MeterProvider().collect()
        #expect(telemetry.snapshot(from: foreign).blockHash.isEmpty)
    }
}
