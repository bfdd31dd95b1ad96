import Instruments
import Testing

@testable import RPPTelemetry

@Suite struct NetworkMetricsTests {
    @Test func everyTopicAndDirectionReportsZeroFromTheStart() {
        let provider = MeterProvider()
        _ = NetworkMetrics(provider: provider)
        let bytes = provider.collect().metric("rpp.gossip.bytes", scope: "rpp.network")
        guard case .sum(let points, true, .cumulative) = bytes?.data else {
            Issue.record("rpp.gossip.bytes is no cumulative counter: \(String(describing: bytes))")
            return
        }
        #expect(points.count == 18)
        #expect(points.allSatisfy { $0.value == .int(0) })
    }

    @Test func bytesAndMeshPeersLandInTheirTopic() {
        let provider = MeterProvider()
        let network = NetworkMetrics(provider: provider)
        network.recordBytes(10, topic: .votes, direction: .inbound)
        network.recordBytes(5, topic: .votes, direction: .inbound)
        network.setMeshPeers(3, topic: .witnessMeta)
        let view = NetworkMetricsSnapshot(
            ScopeReader(provider.collect(), scope: NetworkMetrics.scope))
        #expect(view.topics[GossipTopic.votes.rawValue].inboundBytes == 15)
        #expect(view.topics[GossipTopic.witnessMeta.rawValue].meshPeers == 3)
        #expect(view.inboundBytes == 15)
        #expect(view.outboundBytes == 0)
    }
}
