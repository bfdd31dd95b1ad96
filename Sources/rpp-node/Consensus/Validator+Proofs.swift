internal import RPPTelemetry

/// Makes and checks proofs and records the time in the books; also sends and checks the uptime
/// proofs of witnesses.
extension Validator {
    /// The number of blocks after which one validator proves that it is up.
    static let uptimeInterval: UInt64 = 8
    /// An uptime proof for a height further away than this is ignored.
    static let uptimeWindow: UInt64 = 16

    func prove(_ statement: Statement, _ parameters: ProofParameters) -> [UInt8] {
        let start = MonotonicInstant.now
        let proof = Prover.prove(statement, parameters: parameters)
        books?.proofMade(
            statement.kind, duration: MonotonicInstant.now.since(start), bytes: proof.count)
        return proof
    }

    func isValid(
        _ proof: [UInt8], _ statement: Statement, _ parameters: ProofParameters
    ) -> Bool {
        let start = MonotonicInstant.now
        let report = Verifier.verify(proof, statement: statement, parameters: parameters)
        books?.proofVerified(
            statement.kind, report: report, duration: MonotonicInstant.now.since(start))
        return report.isValid
    }

    func gossipUptime() {
        guard chain.height % Self.uptimeInterval == 0 else { return }
        let turn = Int(chain.height / Self.uptimeInterval) % configuration.validators
        guard turn == index, !mesh.peers.isEmpty else { return }
        let proof = prove(
            uptimeStatement(of: index, height: chain.height), configuration.lightProofs)
        mesh.broadcast(.witnessNotice(height: chain.height, proof: SHA256.hash(proof)))
        mesh.broadcast(.witnessProof(height: chain.height, proof: proof))
    }

    /// Checks a proof only if it was announced. Each announcement allows one check.
    func checkUptime(_ proof: [UInt8], height: UInt64, from peer: Int) {
        guard let notice = notices.removeValue(forKey: peer), notice.height == height,
            height <= chain.height + Self.uptimeWindow,
            height + Self.uptimeWindow >= chain.height,
            SHA256.hash(proof) == notice.proof
        else { return }
        _ = isValid(
            proof, uptimeStatement(of: peer, height: height), configuration.lightProofs)
    }

    private func uptimeStatement(of validator: Int, height: UInt64) -> Statement {
        var writer = ByteWriter()
        writer.write(UInt64(truncatingIfNeeded: validator))
        writer.write(height)
        return Statement(kind: .uptime, subject: writer.bytes)
    }
}
