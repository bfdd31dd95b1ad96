public import Instruments

/// Blocks, rounds and votes.
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
        description: "Rounds with another leader than the one before.")
    package static let witnessEvents = InstrumentDefinition.events(
        "rpp.runtime.consensus.witness.events", "Witnessed messages.", over: WitnessTopic.self)
    package static let slashingEvents = InstrumentDefinition.events(
        "rpp.runtime.consensus.slashing.events", "Offences that are punished.",
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

/// A part of what makes a block.
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

/// What a witness has seen.
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
    /// It claims to be somebody else.
    case invalidIdentity
    /// It has voted for what can't be voted for.
    case invalidVote
    /// It has broken the rules of the consensus, such as by two votes in one round.
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

/// Why a vote was not cast, or does not count.
public enum VoteFailure: Int, AttributeEnum {
    /// The node could not cast its prevote.
    case localPrevote
    /// The node could not cast its precommit.
    case localPrecommit
    /// A vote of another validator does not count.
    case externalVote
    /// What a peer sent as a vote can't be read.
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
