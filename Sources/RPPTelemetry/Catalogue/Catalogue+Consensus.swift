public import Instruments

/// How a consensus round ended.
public enum RoundOutcome: Int, AttributeEnum {
    case sealed, timedOut, failed

    public static let attributeKey = "outcome"

    public var attributeValue: String {
        switch self {
        case .sealed: "sealed"
        case .timedOut: "timed_out"
        case .failed: "failed"
        }
    }
}

/// A part of what makes a block.
public enum BlockStage: Int, AttributeEnum {
    case proposal, execution, validation, commitment

    public static let attributeKey = "stage"

    public var attributeValue: String {
        switch self {
        case .proposal: "proposal"
        case .execution: "execution"
        case .validation: "validation"
        case .commitment: "commitment"
        }
    }
}

/// What a witness has seen.
public enum WitnessTopic: Int, AttributeEnum {
    case blocks, votes

    public static let attributeKey = "topic"

    public var attributeValue: String {
        switch self {
        case .blocks: "blocks"
        case .votes: "votes"
        }
    }
}

/// Why a validator is punished.
public enum SlashingReason: Int, AttributeEnum {
    case invalidIdentity, invalidVote, consensusFault

    public static let attributeKey = "reason"

    public var attributeValue: String {
        switch self {
        case .invalidIdentity: "invalid_identity"
        case .invalidVote: "invalid_vote"
        case .consensusFault: "consensus_fault"
        }
    }
}

/// Why a vote was not cast, or does not count.
public enum VoteFailure: Int, AttributeEnum {
    case localPrevote, localPrecommit, externalVote, invalidGossip

    public static let attributeKey = "reason"

    public var attributeValue: String {
        switch self {
        case .localPrevote: "local_prevote"
        case .localPrecommit: "local_precommit"
        case .externalVote: "external_vote"
        case .invalidGossip: "invalid_gossip"
        }
    }
}
