public import Instruments

/// The libp2p side.
extension Catalogue {
    static let gossip = [gossipBytes.definition, meshPeers.definition, peerScore.definition]

    package typealias Traffic = AttributePair<GossipTopic, GossipDirection>

    /// The key of the one open set: base58 PeerIds, of which so many are exported at most as
    /// `NetworkMetrics` is told.
    static let peerKey = "peer"

    package static let gossipBytes = InstrumentDefinition.counter(
        "rpp.gossip.bytes", unit: "By",
        description: "Bytes of gossip, headers of its frames included.", over: Traffic.self)
    package static let meshPeers = InstrumentDefinition.gauge(
        "rpp.gossip.mesh_peers", unit: "{peer}", description: "Peers in the mesh of a topic.",
        of: Int.self, over: GossipTopic.self)
    package static let peerScore = InstrumentDefinition.observableGauge(
        "rpp.gossip.peer_score", unit: "{score}",
        description:
            "Scores of connected peers, the lowest first where there are more than the cap.",
        keys: [.init(peerKey)], of: Double.self)
}

/// The gossip topics, in the order of all output.
public enum GossipTopic: Int, AttributeEnum {
    case blocks, votes, proofs, vrfProofs, snapshots, meta, vrfMeta, witnessProofs, witnessMeta

    public static let attributeKey = "topic"

    public var attributeValue: String {
        switch self {
        case .blocks: "blocks"
        case .votes: "votes"
        case .proofs: "proofs"
        case .vrfProofs: "vrf_proofs"
        case .snapshots: "snapshots"
        case .meta: "meta"
        case .vrfMeta: "vrf_meta"
        case .witnessProofs: "witness_proofs"
        case .witnessMeta: "witness_meta"
        }
    }
}

/// Which way bytes went, seen from the node.
public enum GossipDirection: Int, AttributeEnum {
    case inbound, outbound

    public static let attributeKey = "direction"

    public var attributeValue: String {
        switch self {
        case .inbound: "inbound"
        case .outbound: "outbound"
        }
    }
}
