import RPPTelemetry
import Testing

@testable import rpp_node

struct ProofTests {
    private let statement = Statement(kind: .consensus, subject: [1, 2, 3])

    private func report(
        _ proof: [UInt8], statement: Statement? = nil, parameters: ProofParameters = .tiny
    ) -> VerificationReport {
        Verifier.verify(proof, statement: statement ?? self.statement, parameters: parameters)
    }

    @Test(arguments: [ProofParameters.tiny, .light])
    func proofVerifiesStageByStage(parameters: ProofParameters) {
        let proof = Prover.prove(statement, parameters: parameters)
        let report = report(proof, parameters: parameters)
        #expect(report.isValid)
        #expect(VerificationStage.allCases.allSatisfy { report.stages[$0] == .ok })
        #expect(report.sections.total == proof.count)
        #expect(report.sections.payload + 4 + Proof.publicBytes == proof.count)
    }

    @Test func sameStatementHasTheSameProof() throws {
        let proof = Prover.prove(statement, parameters: .tiny)
        #expect(proof == Prover.prove(statement, parameters: .tiny))
        #expect(try Proof(decoding: proof).encoded() == proof)
    }

    @Test(arguments: ProofKind.allCases)
    func everyKindProves(kind: ProofKind) {
        let statement = Statement(kind: kind, subject: [UInt8(kind.rawValue), 99])
        let proof = Prover.prove(statement, parameters: .tiny)
        #expect(report(proof, statement: statement).isValid)
    }

    @Test func everyFlippedByteFails() {
        let proof = Prover.prove(statement, parameters: .tiny)
        var generator = SplitMix64(seed: 21)
        var failures: [VerificationStage: Int] = [:]
        for index in proof.indices {
            var flipped = proof
            flipped[index] ^= UInt8.random(in: 1...255, using: &generator)
            let stage = report(flipped).failingStage
            #expect(stage != nil, "byte \(index) of \(proof.count), seed 21")
            if let stage { failures[stage, default: 0] += 1 }
        }
        print("flipped bytes failed in", failures, "seed 21")
    }

    @Test func flippedBytesOfALargeProofFail() {
        let proof = Prover.prove(statement, parameters: .light)
        var generator = SplitMix64(seed: 22)
        for _ in 0..<60 {
            var flipped = proof
            let index = Int.random(in: proof.indices, using: &generator)
            flipped[index] ^= 1 << UInt8.random(in: 0...7, using: &generator)
            let report = report(flipped, parameters: .light)
            #expect(!report.isValid, "byte \(index) of \(proof.count), seed 22")
        }
    }

    @Test func truncatedAndExtendedProofsFailToParse() {
        let proof = Prover.prove(statement, parameters: .tiny)
        for length in [0, 1, 5, 9, 50, proof.count / 2, proof.count - 1] {
            #expect(report(Array(proof[..<length])).failingStage == .parse)
        }
        #expect(report(proof + [0]).failingStage == .parse)
    }

    @Test func wrongPublicInputFails() {
        let proof = Prover.prove(statement, parameters: .tiny)
        let other = Statement(kind: .consensus, subject: [1, 2, 4])
        let otherKind = Statement(kind: .uptime, subject: [1, 2, 3])
        #expect(report(proof, statement: other).failingStage == .public)
        #expect(report(proof, statement: otherKind).failingStage == .public)
        #expect(report(proof, parameters: .light).failingStage == .params)
    }

    @Test func wrongOutputFailsThoughTheRestIsHonest() throws {
        let proof = try Proof(decoding: Prover.prove(statement, parameters: .tiny))
        let forged = Proof(
            parameters: proof.parameters, kind: proof.kind, digest: proof.digest,
            output: proof.output + .one, traceRoot: proof.traceRoot,
            layerRoots: proof.layerRoots, finalCoefficients: proof.finalCoefficients,
            queries: proof.queries)
        #expect(!report(forged.encoded()).isValid)
    }

    /// The opened values keep their paths, so that only the later stages can object.
    @Test func laterStagesObjectToValuesThatMerklePathsAllow() throws {
        let parameters = ProofParameters.tiny
        let zeros = [Goldilocks](repeating: .zero, count: parameters.extendedDomain.size)
        let tree = MerkleTree(leaves: zeros.map { MerkleHash.leaf($0) })
        var transcript = Transcript(
            header: Proof.header(
                parameters: parameters, kind: .consensus, digest: statement.digest,
                output: .zero))
        transcript.absorb(tree.root)
        _ = Composition(
            statement, output: .zero, parameters: parameters, transcript: &transcript)
        let folding = Folding(zeros, parameters: parameters, transcript: &transcript)
        let positions = transcript.positions(
            Int(parameters.queries), below: parameters.extendedDomain.size)
        let queries = positions.map { position in
            let next = (position + parameters.blowup) % parameters.extendedDomain.size
            return QueryOpening(
                current: Opening(value: .zero, path: tree.path(to: position)),
                next: Opening(value: .zero, path: tree.path(to: next)),
                layers: folding.openings(at: position))
        }
        let forged = Proof(
            parameters: parameters, kind: .consensus, digest: statement.digest, output: .zero,
            traceRoot: tree.root, layerRoots: folding.roots,
            finalCoefficients: folding.finalCoefficients, queries: queries)
        #expect(report(forged.encoded()).failingStage == .composition)
    }

    @Test func hostileParametersAreRefusedBeforeAnythingIsAllocated() {
        var proof = Prover.prove(statement, parameters: .tiny)
        for (index, value) in [(5, 255), (6, 0), (7, 0), (7, 255), (8, 200)] as [(Int, UInt8)] {
            let original = proof[index]
            proof[index] = value
            #expect(report(proof).failingStage == .parse)
            proof[index] = original
        }
        #expect(report(proof).isValid)
    }
}
