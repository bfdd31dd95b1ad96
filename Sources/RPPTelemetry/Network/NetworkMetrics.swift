public import Instruments

/// What the libp2p side of the node measures (contract, section 5).
///
/// Safe to call from any thread; cells are found without a lookup. The instruments belong to the
/// meter `rpp.network` of the provider.
public final class NetworkMetrics: Sendable {
    private typealias Traffic = AttributePair<GossipTopic, GossipDirection>

    static let scope = "rpp.network"

    private let gossipBytes: ClosedCounter<Int, Traffic>
    private let meshPeers: ClosedGauge<Int, GossipTopic>

    /// Registers the instruments with `provider`.
    public init(provider: MeterProvider) {
        let meter = provider.meter(Self.scope)
        gossipBytes = meter.counter(Name.gossipBytes, unit: "By", over: Traffic.self)
        gossipBytes.declareZero()
        meshPeers = meter.gauge(
            Name.meshPeers, unit: "{peer}", of: Int.self, over: GossipTopic.self)
    }

    /// Bytes of a topic that were read from or written to a peer.
    public func recordBytes(_ count: Int, topic: GossipTopic, direction: GossipDirection) {
        gossipBytes.add(count, Traffic(topic, direction))
    }

    /// Peers in the mesh of a topic.
    public func setMeshPeers(_ count: Int, topic: GossipTopic) {
        meshPeers.record(count, topic)
    }
}
