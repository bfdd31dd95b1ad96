/// How well a peer behaves. Good messages raise the score and bad ones lower it, as in gossipsub.
/// Below −5 a node would not gossip with the peer, below −15 it would not publish to it, and below
/// −30 it would ignore it.
struct PeerScore: Equatable, Sendable {
    /// What a peer did.
    enum Deed: Sendable {
        case validMessage
        /// A vote for a height or round that no validator is at.
        case untimelyVote
        /// A frame that can't be decoded.
        case undecodableFrame
        case invalidProof
        case conflictingVote
    }

    /// The highest score that messages can earn.
    static let highest = 10.0
    /// The lowest score.
    static let lowest = -100.0
    /// The share of a score that remains after each round.
    private static let decay = 0.95

    private(set) var value = 0.0

    mutating func note(_ deed: Deed) {
        let change =
            switch deed {
            case .validMessage: 0.05
            case .untimelyVote: -1.0
            case .undecodableFrame: -4.0
            case .invalidProof: -8.0
            case .conflictingVote: -10.0
            }
        value = min(max(value + change, Self.lowest), Self.highest)
    }

    /// Call it after each round: good and bad deeds are forgotten slowly.
    mutating func forget() {
        value *= Self.decay
    }
}
