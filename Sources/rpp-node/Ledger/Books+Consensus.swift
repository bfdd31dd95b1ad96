internal import RPPTelemetry

/// Records rounds, votes and levels.
extension Books {
    func roundStarted(height: UInt64, round: UInt64, leader: String) {
        entries.withLock { $0.startRound(leader: leader) }
        telemetry.runtime.roundStarted(height: height, round: round, leader: leader)
    }

    func quorumReached(height: UInt64, round: UInt64, after: Duration) {
        telemetry.runtime.quorumReached(height: height, round: round, after: after)
    }

    func roundEnded(height: UInt64, round: UInt64, outcome: RoundOutcome, after: Duration) {
        let ended = entries.withLock { ledger in
            switch outcome {
            case .sealed: ledger.rounds.sealed += 1
            case .timedOut: ledger.rounds.timedOut += 1
            case .failed: ledger.rounds.failed += 1
            }
            return ledger.rounds.sealed + ledger.rounds.timedOut + ledger.rounds.failed
        }
        telemetry.runtime.roundEnded(
            height: height, round: round, outcome: outcome, after: after)
        onRoundEnded(ended)
    }

    func passed(_ stage: BlockStage, after duration: Duration) {
        entries.withLock { $0.consensus.blockStages[stage.rawValue] += 1 }
        telemetry.runtime.recordBlockStage(stage, duration: duration)
    }

    func witnessed(_ topic: WitnessTopic) {
        entries.withLock { $0.consensus.witnessed[topic.rawValue] += 1 }
        telemetry.runtime.recordWitnessEvent(topic)
    }

    func slashed(_ reason: SlashingReason) {
        entries.withLock { $0.consensus.slashed[reason.rawValue] += 1 }
        telemetry.runtime.recordSlashing(reason)
    }

    func voteFailed(_ reason: VoteFailure) {
        entries.withLock { $0.consensus.failedVotes[reason.rawValue] += 1 }
        telemetry.runtime.recordFailedVote(reason)
    }

    func chainHeadMoved(height: UInt64, hash: Digest) {
        telemetry.runtime.setChainHead(height: height, hash: hash.description)
    }

    func mempoolChanged(_ count: Int) {
        telemetry.runtime.setMempoolTransactions(count)
    }

    func reputationChanged(_ score: Double) {
        telemetry.runtime.setReputation(score)
    }

    /// The mesh of a topic consists of all connected peers if the node uses the topic, and is empty
    /// otherwise.
    func peersChanged(_ count: Int) {
        telemetry.runtime.setPeerCount(count)
        guard let network = telemetry.network else { return }
        for topic in GossipTopic.allCases {
            network.setMeshPeers(topic.isSpoken ? count : 0, topic: topic)
        }
    }

    func peerScored(_ peer: String, _ score: Double) {
        telemetry.network?.setPeerScore(score, of: peer)
    }

    func peerLeft(_ peer: String) {
        telemetry.network?.peerDisconnected(peer)
    }
}

extension GossipTopic {
    /// Whether this node uses the topic. It has no verifiable random function, so it does not use
    /// the topics for one.
    var isSpoken: Bool { self != .vrfProofs && self != .vrfMeta }
}
