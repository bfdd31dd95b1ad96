/// What the node thinks of a peer: a number that good messages raise and bad ones lower, as in
/// gossipsub. Below −5 it would not gossip with it, below −15 not publish, below −30 ignore it.
struct PeerScore: Equatable, Sendable {
    /// What a peer did.
    enum Deed: Sendable {
        case validMessage
        /// A vote for a height or a round that nobody is at.
        case untimelyVote
        /// A frame that can't be decoded.
        case undecodableFrame
        case invalidProof
        case conflictingVote
    }

    /// The best that messages can earn.
    static let highest = 10.0
    /// The worst there is.
    static let lowest = -100.0
    /// What remains of a score after each round.
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

    /// A round is over: deeds are forgotten slowly, good and bad ones.
    mutating func forget() {
        value *= Self.decay
    }
}
