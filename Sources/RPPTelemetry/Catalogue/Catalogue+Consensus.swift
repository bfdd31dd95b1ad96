public import Instruments

/// The instruments of blocks, rounds and votes.
extension Catalogue {
    static let consensus = [
        blockDuration.definition, roundDuration.definition, quorumLatency.definition,
        leaderChanges.definition, witnessEvents.definition, slashingEvents.definition,
        failedVotes.definition,
    ]

    package static let blockDuration = InstrumentDefinition.durations(
        "rpp.runtime.consensus.block_duration", "Time that a stage of a block took.",
        boundaries: Boundaries.stageMilliseconds, over: BlockStage.self)
    package static let roundDuration = InstrumentDefinition.durations(
        "rpp.runtime.consensus.round.duration", "Time from a round's start to its end.",
        boundaries: Boundaries.roundMilliseconds, over: RoundOutcome.self)
    package static let quorumLatency = InstrumentDefinition.histogram(
        "rpp.runtime.consensus.round.quorum_latency", unit: "ms",
        description: "Time from a round's start to its quorum.",
        boundaries: Boundaries.roundMilliseconds)
    package static let leaderChanges = InstrumentDefinition.counter(
        "rpp.runtime.consensus.round.leader_changes", unit: "1",
        description: "Rounds whose leader differs from the previous round's.")
    package static let witnessEvents = InstrumentDefinition.events(
        "rpp.runtime.consensus.witness.events", "Witnessed messages.", over: WitnessTopic.self)
    package static let slashingEvents = InstrumentDefinition.events(
        "rpp.runtime.consensus.slashing.events", "Punishable offences.",
        over: SlashingReason.self)
    package static let failedVotes = InstrumentDefinition.events(
        "rpp.runtime.consensus.failed_votes", "Votes that were not cast or do not count.",
        over: VoteFailure.self)
}

/// How a consensus round ended.
public enum RoundOutcome: Int, AttributeEnum {
    /// With a block.
    case sealed
    /// Without a block in time.
    case timedOut
    /// With an error.
    case failed

    public static let attributeKey = "outcome"

    public var attributeValue: String {
        switch self {
        case .sealed: "sealed"
        case .timedOut: "timed_out"
        case .failed: "failed"
        }
    }
}

/// A stage in the making of a block.
public enum BlockStage: Int, AttributeEnum {
    /// Making or receiving the proposal.
    case proposal
    /// Running its transactions.
    case execution
    /// Checking it and its proof.
    case validation
    /// Making it durable.
    case commitment

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

/// The kind of message that a witness has seen.
public enum WitnessTopic: Int, AttributeEnum {
    /// A block.
    case blocks
    /// A vote.
    case votes

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
    /// A peer claims to be somebody else.
    case invalidIdentity
    /// A validator has voted for an invalid block.
    case invalidVote
    /// A validator has broken the rules of consensus, for example by voting for two blocks in one
    /// round.
    case consensusFault

    public static let attributeKey = "reason"

    public var attributeValue: String {
        switch self {
        case .invalidIdentity: "invalid_identity"
        case .invalidVote: "invalid_vote"
        case .consensusFault: "consensus_fault"
        }
    }
}

/// Why a vote was not cast or does not count.
public enum VoteFailure: Int, AttributeEnum {
    /// The node could not cast its prevote.
    case localPrevote
    /// The node could not cast its precommit.
    case localPrecommit
    /// A vote from another validator does not count.
    case externalVote
    /// A peer sent a vote that can't be decoded.
    case invalidGossip

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
