internal import RPPTelemetry

/// Checks a proof against the statement that the caller expects it to be about.
enum Verifier {
    static func verify(
        _ bytes: [UInt8], statement: Statement, parameters: ProofParameters
    ) -> VerificationReport {
        var report = VerificationReport(
            sections: ProofSections(total: bytes.count, parameters: 0, publicInputs: 0))
        let decoded = try? Proof(decoding: bytes)
        guard report.record(.parse, decoded != nil), let proof = decoded else { return report }
        report.sections = ProofSections(
            total: bytes.count, parameters: ProofParameters.encodedBytes,
            publicInputs: Proof.publicBytes)
        guard report.record(.params, proof.parameters == parameters) else { return report }
        let isExpected = proof.kind == statement.kind && proof.digest == statement.digest
        guard report.record(.public, isExpected) else { return report }

        let challenges = Challenges(proof, statement: statement)
        guard report.record(.merkle, openingsMatchRoots(proof, challenges)) else {
            return report
        }
        guard report.record(.fri, layersFold(proof, challenges)) else { return report }
        guard report.record(.composition, constraintsHold(proof, challenges)) else {
            return report
        }
        // The proof that was checked must be exactly the one that was sent, so that nobody can read
        // it differently.
        _ = report.record(.adapter, proof.encoded() == bytes)
        return report
    }

    private static func openingsMatchRoots(_ proof: Proof, _ challenges: Challenges) -> Bool {
        let size = proof.parameters.extendedDomain.size
        for (query, position) in zip(proof.queries, challenges.positions) {
            let next = (position + proof.parameters.blowup) & (size - 1)
            for (opening, index) in [(query.current, position), (query.next, next)] {
                let leaf = MerkleHash.leaf(opening.value)
                guard
                    MerkleTree.verify(
                        leaf, at: index, path: opening.path, root: proof.traceRoot)
                else { return false }
            }
            var half = size / 2
            for (layer, root) in zip(query.layers, proof.layerRoots) {
                let leaf = MerkleHash.leaf(layer.low, layer.high)
                guard
                    MerkleTree.verify(
                        leaf, at: position & (half - 1), path: layer.path, root: root)
                else { return false }
                half /= 2
            }
        }
        return true
    }

    /// Whether the pair of each layer folds into the next layer, and the last one into the final
    /// polynomial.
    private static func layersFold(_ proof: Proof, _ challenges: Challenges) -> Bool {
        for (query, position) in zip(proof.queries, challenges.positions) {
            var domain = proof.parameters.extendedDomain
            var folded: Goldilocks?
            for (layer, challenge) in zip(query.layers, challenges.foldings) {
                let half = domain.size / 2
                let isHigh = position & (domain.size - 1) >= half
                if let folded, folded != (isHigh ? layer.high : layer.low) { return false }
                let point = domain.element(position & (half - 1))
                folded = Folding.fold(
                    low: layer.low, high: layer.high, inversePoint: point.inverse,
                    by: challenge)
                domain = domain.squared
            }
            let point = domain.element(position & (domain.size - 1))
            let expected = proof.finalCoefficients.reversed().reduce(Goldilocks.zero) {
                $0 * point + $1
            }
            guard folded == expected else { return false }
        }
        return true
    }

    /// Whether the folded codeword is the composition of the trace's own openings.
    private static func constraintsHold(_ proof: Proof, _ challenges: Challenges) -> Bool {
        let domain = proof.parameters.extendedDomain
        for (query, position) in zip(proof.queries, challenges.positions) {
            guard let layer = query.layers.first else { return false }
            let value = challenges.composition.value(
                at: domain.element(position), current: query.current.value,
                next: query.next.value)
            guard value == (position >= domain.size / 2 ? layer.high : layer.low) else {
                return false
            }
        }
        return true
    }
}

/// The challenges that follow from the proof's commitments, in the order in which the prover draws
/// them.
private struct Challenges {
    let composition: Composition
    let foldings: [Goldilocks]
    let positions: [Int]

    init(_ proof: Proof, statement: Statement) {
        var transcript = Transcript(header: proof.header)
        transcript.absorb(proof.traceRoot)
        composition = Composition(
            statement, output: proof.output, parameters: proof.parameters,
            transcript: &transcript)
        var foldings: [Goldilocks] = []
        for root in proof.layerRoots {
            transcript.absorb(root)
            foldings.append(transcript.challenge())
        }
        self.foldings = foldings
        transcript.absorb(proof.finalCoefficients)
        positions = transcript.positions(
            Int(proof.parameters.queries), below: proof.parameters.extendedDomain.size)
    }
}
