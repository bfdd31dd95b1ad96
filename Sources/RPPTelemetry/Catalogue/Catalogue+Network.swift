public import Instruments

/// The gossip topics, in the order of all output (contract, section 5).
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
