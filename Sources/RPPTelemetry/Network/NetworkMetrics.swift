public import Instruments

/// What the libp2p side of the node measures (contract, section 5).
///
/// Safe to call from any thread; the cells of bytes and meshes are found without a lookup, and
/// their calls allocate nothing and never wait. Scores take a lock for as long as one is exchanged.
/// The instruments belong to the meter `rpp.network` of the provider.
public final class NetworkMetrics: Sendable {
    /// Peers whose scores are exported, unless told otherwise.
    public static let defaultPeerLimit = 256

    static let scope = "rpp.network"

    private let gossipBytes: ClosedCounter<Int, Catalogue.Traffic>
    private let meshPeers: ClosedGauge<Int, GossipTopic>
    private let scores = PeerScores()

    /// Registers the instruments with `provider`.
    ///
    /// - Parameter peerLimit: peers whose scores are exported; where there are more, the lowest
    ///   scores are, since those are the ones that an operator looks for. Up to 1024.
    public init(provider: MeterProvider, peerLimit: Int = NetworkMetrics.defaultPeerLimit) {
        let meter = provider.meter(Self.scope)
        gossipBytes = meter.make(Catalogue.gossipBytes)
        gossipBytes.declareZero()
        meshPeers = meter.make(Catalogue.meshPeers)
        let limit = min(max(peerLimit, 0), 1024)
        meter.make(Catalogue.peerScore).addCallback { [scores] observer in
            for (peer, score) in scores.lowest(limit) {
                observer.observe(score, [Catalogue.peerKey: .string(peer)])
            }
        }
    }

    /// Bytes of a topic that were read from or written to a peer.
    public func recordBytes(_ count: Int, topic: GossipTopic, direction: GossipDirection) {
        gossipBytes.add(count, Catalogue.Traffic(topic, direction))
    }

    /// Peers in the mesh of a topic.
    public func setMeshPeers(_ count: Int, topic: GossipTopic) {
        meshPeers.record(count, topic)
    }

    /// The score of a peer that is connected. Scores that are not finite change nothing.
    ///
    /// - Parameter peer: base58 PeerId.
    public func setPeerScore(_ score: Double, of peer: String) {
        scores.set(score, of: peer)
    }

    /// The peer is gone, and with it its score from the next collection on.
    public func peerDisconnected(_ peer: String) {
        scores.remove(peer)
    }
}
