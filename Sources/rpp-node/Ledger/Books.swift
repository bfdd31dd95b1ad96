internal import RPPTelemetry

/// Where every event of the node is written down twice, side by side: in the ledger, and through
/// telemetry. No other file calls telemetry.
///
/// Only validator 0, its storage and its RPC server hold the books.
final class Books: Sendable {
    private let entries = Guarded(Ledger())
    private let telemetry: NodeTelemetry
    private let onRoundEnded: @Sendable (Int) -> Void

    /// - Parameter onRoundEnded: told after each round how many have ended.
    init(telemetry: NodeTelemetry, onRoundEnded: @escaping @Sendable (Int) -> Void = { _ in }) {
        self.telemetry = telemetry
        self.onRoundEnded = onRoundEnded
    }

    var ledger: Ledger { entries.withLock { $0 } }

    func bytesMoved(_ count: Int, topic: GossipTopic, direction: GossipDirection) {
        entries.withLock { ledger in
            switch direction {
            case .inbound: ledger.gossip[topic.rawValue].inbound += count
            case .outbound: ledger.gossip[topic.rawValue].outbound += count
            }
        }
        telemetry.network.recordBytes(count, topic: topic, direction: direction)
    }

    /// One attempt to make a record durable. The ledger counts what reached the disk; telemetry
    /// counts attempts, the failed ones with the bytes that they were to write.
    func flushed(
        _ file: StorageFile, outcome: FlushOutcome, duration: Duration, bytes: Int
    ) {
        if outcome != .failed {
            entries.withLock { ledger in
                let path: WritableKeyPath<Ledger, Ledger.Flushes> =
                    file == .wal ? \.wal : \.header
                ledger[keyPath: path].fsyncs += 1
                ledger[keyPath: path].bytes += bytes
            }
        }
        switch file {
        case .wal:
            telemetry.runtime.recordWALFlush(outcome: outcome, duration: duration, bytes: bytes)
        case .header:
            telemetry.runtime.recordHeaderFlush(
                outcome: outcome, duration: duration, bytes: bytes)
        }
    }

    /// The node's prover stands where a wallet's STWO prover stands in an RPP node.
    func proofMade(_ kind: ProofKind, duration: Duration, bytes: Int) {
        entries.withLock { $0.proofs.made += 1 }
        telemetry.runtime.recordProofGeneration(
            backend: .stwo, kind: kind, duration: duration, bytes: bytes)
    }

    func proofVerified(_ kind: ProofKind, report: VerificationReport, duration: Duration) {
        let isValid = report.isValid
        entries.withLock { ledger in
            if isValid { ledger.proofs.accepted += 1 } else { ledger.proofs.rejected += 1 }
        }
        telemetry.runtime.recordProofVerification(
            backend: .rppStark, kind: kind, result: isValid ? .ok : .fail, duration: duration)
    }

    /// Call it once the last byte of the reply was handed to the kernel.
    func replied(_ method: RPCMethod, status: Int, duration: Duration) {
        entries.withLock { $0.replies[status, default: 0] += 1 }
        telemetry.runtime.recordRequest(method: method, status: status, duration: duration)
    }
}

/// Rounds and levels.
extension Books {
    func roundStarted(height: UInt64, round: UInt64, leader: String) {
        entries.withLock { $0.rounds.started += 1 }
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

    func chainHeadMoved(height: UInt64, hash: Digest) {
        telemetry.runtime.setChainHead(height: height, hash: hash.description)
    }

    func mempoolChanged(_ count: Int) {
        telemetry.runtime.setMempoolTransactions(count)
    }

    func reputationChanged(_ score: Double) {
        telemetry.runtime.setReputation(score)
    }

    /// The mesh of a topic is every connected peer if the node speaks the topic, else nobody.
    func peersChanged(_ count: Int) {
        telemetry.runtime.setPeerCount(count)
        for topic in GossipTopic.allCases {
            telemetry.network.setMeshPeers(topic.isSpoken ? count : 0, topic: topic)
        }
    }
}
