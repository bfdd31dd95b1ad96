public import Instruments

/// The instruments of the libp2p side.
extension Catalogue {
    static let gossip = [gossipBytes.definition, meshPeers.definition, peerScore.definition]

    package typealias Traffic = AttributePair<GossipTopic, GossipDirection>

    /// The key of the only open set of values, base58 PeerIds. `NetworkMetrics` limits how many of
    /// them are exported.
    static let peerKey = "peer"

    package static let gossipBytes = InstrumentDefinition.counter(
        "rpp.gossip.bytes", unit: "By",
        description: "Bytes of gossip, including frame headers.", over: Traffic.self)
    package static let meshPeers = InstrumentDefinition.gauge(
        "rpp.gossip.mesh_peers", unit: "{peer}", description: "Peers in the mesh of a topic.",
        of: Int.self, over: GossipTopic.self)
    package static let peerScore = InstrumentDefinition.observableGauge(
        "rpp.gossip.peer_score", unit: "{score}",
        description:
            "Scores of connected peers; beyond the limit, only the lowest are exported.",
        keys: [.init(peerKey)], of: Double.self)
}

/// The gossip topics, in the order in which they are always listed.
public enum GossipTopic: Int, AttributeEnum {
    /// Blocks.
    case blocks
    /// Consensus votes.
    case votes
    /// Proofs of blocks and transactions.
    case proofs
    /// Proofs of the verifiable random function.
    case vrfProofs
    /// Snapshots of the state.
    case snapshots
    /// Metadata of peers.
    case meta
    /// Metadata of the verifiable random function.
    case vrfMeta
    /// Proofs of witnesses.
    case witnessProofs
    /// Metadata of witnesses.
    case witnessMeta

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

/// The direction of traffic, as seen from the node.
public enum GossipDirection: Int, AttributeEnum {
    /// From a peer to the node.
    case inbound
    /// From the node to a peer.
    case outbound

    public static let attributeKey = "direction"

    public var attributeValue: String {
        switch self {
        case .inbound: "inbound"
        case .outbound: "outbound"
        }
    }
}
