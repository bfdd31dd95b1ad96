/// Makes a proof in six steps: execute, extend, commit, combine, fold, open.
enum Prover {
    static func prove(_ statement: Statement, parameters: ProofParameters) -> [UInt8] {
        let trace = statement.trace(length: parameters.traceLength)
        let output = trace[trace.count - 1]
        let domain = parameters.extendedDomain
        let extended = domain.evaluate(parameters.traceDomain.interpolate(trace))
        let tree = MerkleTree(leaves: extended.map { MerkleHash.leaf($0) })

        var transcript = Transcript(
            header: Proof.header(
                parameters: parameters, kind: statement.kind, digest: statement.digest,
                output: output))
        transcript.absorb(tree.root)
        let composition = Composition(
            statement, output: output, parameters: parameters, transcript: &transcript)
        let codeword = composition.values(
            trace: extended, over: domain, blowup: parameters.blowup)
        let folding = Folding(codeword, parameters: parameters, transcript: &transcript)

        let positions = transcript.positions(Int(parameters.queries), below: domain.size)
        let queries = positions.map { position in
            let next = (position + parameters.blowup) & (domain.size - 1)
            return QueryOpening(
                current: Opening(value: extended[position], path: tree.path(to: position)),
                next: Opening(value: extended[next], path: tree.path(to: next)),
                layers: folding.openings(at: position))
        }
        return Proof(
            parameters: parameters, kind: statement.kind, digest: statement.digest,
            output: output, traceRoot: tree.root, layerRoots: folding.roots,
            finalCoefficients: folding.finalCoefficients, queries: queries
        ).encoded()
    }
}
