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

    @Test func connectedPeersHaveScoresUpToTheLimit() {
        let provider = MeterProvider()
        let network = NetworkMetrics(provider: provider, peerLimit: 2)
        for (peer, score) in [("a", 3.0), ("b", -6), ("c", 1), ("d", -31)] {
            network.setPeerScore(score, of: peer)
        }
        let view = {
            NetworkMetricsSnapshot(
                ScopeReader(provider.collect(), scope: NetworkMetrics.scope)
            ).peerScores
        }
        #expect(view() == [.init(peer: "b", score: -6), .init(peer: "d", score: -31)])
        network.peerDisconnected("d")
        #expect(view() == [.init(peer: "b", score: -6), .init(peer: "c", score: 1)])
        for peer in ["a", "b", "c"] { network.peerDisconnected(peer) }
        #expect(view() == [])
        #expect(provider.collect().metric("rpp.gossip.peer_score", scope: "rpp.network") == nil)
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
