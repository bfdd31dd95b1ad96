public import Instruments

/// The gossip topics, in the order of all output (contract, section 5).
public enum GossipTopic: Int, AttributeEnum {
    /// Blocks.
    case blocks
    /// Votes of the consensus.
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

/// Which way bytes went, seen from the node.
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
