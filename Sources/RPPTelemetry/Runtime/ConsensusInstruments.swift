internal import Instruments
internal import Synchronization

/// The instruments of blocks, rounds and votes.
struct ConsensusInstruments: Sendable {
    let blockDuration: ClosedHistogram<Double, BlockStage>
    let roundDuration: ClosedHistogram<Double, RoundOutcome>
    let quorumLatency: BoundHistogram<Double>
    let leaderChanges: BoundCounter<Int>
    let witnessEvents: ClosedCounter<Int, WitnessTopic>
    let slashingEvents: ClosedCounter<Int, SlashingReason>
    let failedVotes: ClosedCounter<Int, VoteFailure>

    init(_ meter: Meter) {
        blockDuration = meter.make(Catalogue.blockDuration)
        roundDuration = meter.make(Catalogue.roundDuration)
        quorumLatency = meter.make(Catalogue.quorumLatency).bind(.empty)
        let changes = meter.make(Catalogue.leaderChanges)
        changes.declareZero()
        leaderChanges = changes.bind(.empty)
        witnessEvents = meter.make(Catalogue.witnessEvents)
        slashingEvents = meter.make(Catalogue.slashingEvents)
        failedVotes = meter.make(Catalogue.failedVotes)
        witnessEvents.declareZero()
        slashingEvents.declareZero()
        failedVotes.declareZero()
    }
}

extension RuntimeMetrics {
    /// Records that a stage of a block is complete.
    public func recordBlockStage(_ stage: BlockStage, duration: Duration) {
        consensus.blockDuration.record(duration.milliseconds, stage)
    }

    /// Records the start of a round. If its leader differs from the previous round's, that is one
    /// leader change.
    public func roundStarted(height: UInt64, round: UInt64, leader: String) {
        let isChange = state.withLock { state in
            state.start(height: height, round: round, leader: leader)
        }
        if isChange { consensus.leaderChanges.add(1) }
    }

    /// Records that the round has reached its quorum. This counts once, and only for the round that
    /// was started last.
    public func quorumReached(height: UInt64, round: UInt64, after latency: Duration) {
        let counts = state.withLock { state in
            state.reachQuorum(height: height, round: round, after: latency)
        }
        if counts { consensus.quorumLatency.record(latency.milliseconds) }
    }

    /// Records the end of the round. This counts once, and only for the round that was started
    /// last.
    public func roundEnded(
        height: UInt64, round: UInt64, outcome: RoundOutcome, after duration: Duration
    ) {
        let counts = state.withLock { state in
            state.end(height: height, round: round, after: duration)
        }
        if counts { consensus.roundDuration.record(duration.milliseconds, outcome) }
    }

    /// Records that a message from a peer was witnessed.
    public func recordWitnessEvent(_ topic: WitnessTopic) {
        consensus.witnessEvents.add(1, topic)
    }

    /// Records a punishable offence.
    public func recordSlashing(_ reason: SlashingReason) {
        consensus.slashingEvents.add(1, reason)
    }

    /// Records a vote that was not cast or does not count.
    public func recordFailedVote(_ reason: VoteFailure) {
        consensus.failedVotes.add(1, reason)
    }
}
