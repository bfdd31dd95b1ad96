public import RPPTelemetry

/// What the libp2p side records. Without a network stack `NodeTelemetry.network` is nil, so nothing
/// is registered and the calls cost nothing.
public struct GossipHandler: Sendable {
    private let network: NetworkMetrics?
    private let metrics: RuntimeMetrics

    public init(_ telemetry: NodeTelemetry) {
        network = telemetry.network
        metrics = telemetry.runtime
    }

    public func received(_ bytes: Int, on topic: GossipTopic, isDecodable: Bool) {
        network?.recordBytes(bytes, topic: topic, direction: .inbound)
        switch topic {
        case .votes where !isDecodable: metrics.recordFailedVote(.invalidGossip)
        case .votes: metrics.recordWitnessEvent(.votes)
        case .blocks where isDecodable: metrics.recordWitnessEvent(.blocks)
        default: break
        }
    }

    /// A peer claims a false identity. Which peer it is belongs in the node's own log.
    public func refusedIdentity() {
        metrics.recordSlashing(.invalidIdentity)
    }

    public func sent(_ bytes: Int, on topic: GossipTopic) {
        network?.recordBytes(bytes, topic: topic, direction: .outbound)
    }

    public func heartbeat(mesh: [GossipTopic: Int], scores: [String: Double]) {
        for (topic, peers) in mesh { network?.setMeshPeers(peers, topic: topic) }
        for (peer, score) in scores { network?.setPeerScore(score, of: peer) }
    }

    /// Peers that are gone are absent from the next collection on.
    public func disconnected(_ peer: String, remaining: Int) {
        network?.peerDisconnected(peer)
        metrics.setPeerCount(remaining)
    }
}
