import Testing

@testable import rpp_node

struct EvaluationDomainTests {
    @Test func evaluationAgreesWithHorner() {
        var generator = SplitMix64(seed: 13)
        let coefficients = (0..<8).map { _ in Goldilocks(generator.next()) }
        let domain = EvaluationDomain(log2Size: 5, shift: .generator)
        let values = domain.evaluate(coefficients)
        for index in 0..<domain.size {
            let point = domain.element(index)
            let slow = coefficients.reversed().reduce(Goldilocks.zero) { $0 * point + $1 }
            #expect(values[index] == slow)
        }
        let padding = [Goldilocks](repeating: .zero, count: 24)
        #expect(domain.interpolate(values) == coefficients + padding)
    }
}
