internal import RPPTelemetry

/// Records every event of the node twice: in the ledger and in the telemetry. Only flushes are
/// recorded by the storage itself, through `any StorageMetrics`.
///
/// Only validator 0, its storage and its RPC server have the books.
final class Books: Sendable {
    let entries = Guarded(Ledger())
    let telemetry: NodeTelemetry
    let onRoundEnded: @Sendable (Int) -> Void

    /// - Parameter onRoundEnded: called after each round with the number of rounds that have ended.
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
        telemetry.network?.recordBytes(count, topic: topic, direction: direction)
    }

    /// Records that a record has become durable.
    func madeDurable(_ file: StorageFile, bytes: Int) {
        entries.withLock { ledger in
            let path: WritableKeyPath<Ledger, Ledger.Flushes> = file == .wal ? \.wal : \.header
            ledger[keyPath: path].fsyncs += 1
            ledger[keyPath: path].bytes += bytes
        }
    }

    /// Records a proof as one of STWO, because the prover of this node takes the place of a
    /// wallet's STWO prover.
    func proofMade(_ kind: ProofKind, duration: Duration, bytes: Int) {
        entries.withLock { $0.proofs.made += 1 }
        telemetry.runtime.recordProofGeneration(
            backend: .stwo, kind: kind, duration: duration, bytes: bytes)
    }

    func proofVerified(_ kind: ProofKind, report: VerificationReport, duration: Duration) {
        let isValid = report.isValid
        let sections = report.sections
        let results = VerificationStage.allCases.compactMap { report.stages[$0] }
        entries.withLock { ledger in
            if isValid { ledger.proofs.accepted += 1 } else { ledger.proofs.rejected += 1 }
            ledger.proofs.checkedBytes += sections.total
            ledger.proofs.stagesPassed += results.count { $0 == .ok }
            ledger.proofs.stagesFailed += results.count { $0 == .fail }
        }
        telemetry.runtime.recordProofVerification(
            backend: .rppStark, kind: kind, result: isValid ? .ok : .fail, duration: duration,
            sizes: ProofSizes(
                total: sections.total, parameters: sections.parameters,
                publicInputs: sections.publicInputs, payload: sections.payload),
            stages: report.stages)
    }

    /// Records a reply. Call it once the kernel has taken the last byte of the reply.
    func replied(_ method: RPCMethod, status: Int, duration: Duration) {
        entries.withLock { $0.replies[status, default: 0] += 1 }
        telemetry.runtime.recordRequest(method: method, status: status, duration: duration)
    }
}
