public import RPPTelemetry

/// What the block producer of a node records: the course of a round and the stages of its block.
public struct BlockProduction: Sendable {
    private let metrics: RuntimeMetrics

    public init(_ metrics: RuntimeMetrics) {
        self.metrics = metrics
    }

    /// Runs one round. The closures do the node's own work.
    public func produceBlock(
        height: UInt64, round: UInt64, leader: String, propose: () -> Void, execute: () -> Void,
        validate: () -> Void, prevote: () -> Bool, awaitQuorum: () -> Bool,
        commit: () -> String?
    ) {
        let clock = ContinuousClock()
        let start = clock.now
        metrics.roundStarted(height: height, round: round, leader: leader)
        metrics.recordBlockStage(.proposal, duration: clock.measure(propose))
        metrics.recordBlockStage(.execution, duration: clock.measure(execute))
        metrics.recordBlockStage(.validation, duration: clock.measure(validate))
        if !prevote() { metrics.recordFailedVote(.localPrevote) }
        guard awaitQuorum() else {
            return metrics.roundEnded(
                height: height, round: round, outcome: .timedOut, after: clock.now - start)
        }
        metrics.quorumReached(height: height, round: round, after: clock.now - start)
        var hash: String?
        metrics.recordBlockStage(.commitment, duration: clock.measure { hash = commit() })
        if let hash { metrics.setChainHead(height: height, hash: hash) }
        metrics.roundEnded(
            height: height, round: round, outcome: hash == nil ? .failed : .sealed,
            after: clock.now - start)
    }
}
