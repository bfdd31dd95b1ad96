public import Instruments

/// What the libp2p side of the node measures (`Documentation/node-contract.md`, section 5).
///
/// All methods are safe to call from any thread. The calls for bytes and meshes find their cells
/// without a lookup, allocate nothing and never wait. Those for scores hold a lock while one score
/// is replaced. The instruments belong to the meter `rpp.network` of the provider.
public final class NetworkMetrics: Sendable {
    /// The default number of peers whose scores are exported.
    public static let defaultPeerLimit = 256

    static let scope = "rpp.network"

    private let gossipBytes: ClosedCounter<Int, Catalogue.Traffic>
    private let meshPeers: ClosedGauge<Int, GossipTopic>
    private let scores = PeerScores()

    /// Registers the instruments with `provider`.
    ///
    /// - Parameter peerLimit: the number of peers whose scores are exported, at most 1024. If there
    ///   are more peers, the lowest scores are exported, because those are what an operator looks
    ///   for.
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

    /// Records bytes of a topic that were read from or written to a peer.
    public func recordBytes(_ count: Int, topic: GossipTopic, direction: GossipDirection) {
        gossipBytes.add(count, Catalogue.Traffic(topic, direction))
    }

    /// Records the number of peers in the mesh of a topic.
    public func setMeshPeers(_ count: Int, topic: GossipTopic) {
        meshPeers.record(count, topic)
    }

    /// Records the score of a connected peer. A score that is not finite is ignored.
    ///
    /// - Parameter peer: its base58 PeerId.
    public func setPeerScore(_ score: Double, of peer: String) {
        scores.set(score, of: peer)
    }

    /// Records that a peer has disconnected. Its score is absent from the next collection on.
    public func peerDisconnected(_ peer: String) {
        scores.remove(peer)
    }
}
