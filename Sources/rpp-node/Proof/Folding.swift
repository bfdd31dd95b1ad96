/// FRI folds a codeword in half repeatedly until its polynomial is short enough to send.
struct Folding {
    /// The committed codewords with their trees, the composition first.
    private var layers: [(values: [Goldilocks], tree: MerkleTree)] = []
    let finalCoefficients: [Goldilocks]

    var roots: [Digest] { layers.map(\.tree.root) }

    /// Commits to each layer and absorbs it before the challenge that folds it.
    init(
        _ codeword: [Goldilocks], parameters: ProofParameters, transcript: inout Transcript
    ) {
        var values = codeword
        var domain = parameters.extendedDomain
        for _ in 0..<parameters.layers {
            let half = values.count / 2
            let tree = MerkleTree(
                leaves: (0..<half).map { MerkleHash.leaf(values[$0], values[$0 + half]) })
            layers.append((values, tree))
            transcript.absorb(tree.root)
            let challenge = transcript.challenge()
            values = Self.foldAll(values, over: domain, by: challenge)
            domain = domain.squared
        }
        finalCoefficients = Array(domain.interpolate(values).prefix(parameters.finalLength))
        transcript.absorb(finalCoefficients)
    }

    /// The pair of values of each layer at `position`, with its path.
    func openings(at position: Int) -> [PairOpening] {
        layers.map { layer in
            let half = layer.values.count / 2
            let index = position & (half - 1)
            return PairOpening(
                low: layer.values[index], high: layer.values[index + half],
                path: layer.tree.path(to: index))
        }
    }

    /// The value at x², computed from the values at x and −x.
    static func fold(
        low: Goldilocks, high: Goldilocks, inversePoint: Goldilocks, by challenge: Goldilocks
    ) -> Goldilocks {
        (low + high + challenge * (low - high) * inversePoint) * half
    }

    /// The inverse of two: (p + 1) / 2.
    private static let half = Goldilocks((Goldilocks.modulus >> 1) + 1)

    private static func foldAll(
        _ values: [Goldilocks], over domain: EvaluationDomain, by challenge: Goldilocks
    ) -> [Goldilocks] {
        let step = domain.generator.inverse
        var inversePoint = domain.shift.inverse
        let count = values.count / 2
        var folded: [Goldilocks] = []
        folded.reserveCapacity(count)
        for index in 0..<count {
            folded.append(
                fold(
                    low: values[index], high: values[index + count],
                    inversePoint: inversePoint, by: challenge))
            inversePoint = inversePoint * step
        }
        return folded
    }
}
