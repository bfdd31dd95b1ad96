import Testing

@testable import rpp_node

struct FoldingTests {
    private let parameters = ProofParameters.tiny

    private func coefficients(_ count: Int) -> [Goldilocks] {
        var generator = SplitMix64(seed: 41)
        return (0..<count).map { _ in Goldilocks(generator.next()) }
    }

    /// f(x) = e(x²) + x·o(x²) is folded to e + challenge·o.
    @Test func aFoldJoinsTheEvenAndTheOddCoefficients() {
        let all = coefficients(8)
        let domain = EvaluationDomain(log2Size: 5, shift: .generator)
        let values = domain.evaluate(all)
        let challenge = Goldilocks(123_456_789)
        let joined = (0..<4).map { all[2 * $0] + challenge * all[2 * $0 + 1] }
        let expected = domain.squared.evaluate(joined)
        for index in 0..<16 {
            let folded = Folding.fold(
                low: values[index], high: values[index + 16],
                inversePoint: domain.element(index).inverse, by: challenge)
            #expect(folded == expected[index])
        }
    }

    @Test func everyLayerIsCommittedToAndOpensAtAnyPosition() {
        let values = parameters.extendedDomain.evaluate(coefficients(parameters.traceLength))
        var transcript = Transcript(header: [])
        let folding = Folding(values, parameters: parameters, transcript: &transcript)
        #expect(folding.roots.count == parameters.layers)
        #expect(folding.finalCoefficients.count == parameters.finalLength)
        for position in [0, 1, values.count / 2, values.count - 1] {
            for (layer, opening) in folding.openings(at: position).enumerated() {
                let half = values.count >> (layer + 1)
                let isProven = MerkleTree.verify(
                    MerkleHash.leaf(opening.low, opening.high), at: position & (half - 1),
                    path: opening.path, root: folding.roots[layer])
                #expect(isProven, "position \(position), layer \(layer)")
            }
        }
    }
}
