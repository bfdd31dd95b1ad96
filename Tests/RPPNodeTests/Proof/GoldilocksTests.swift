import Testing

@testable import rpp_node

struct GoldilocksTests {
    private let modulus = Goldilocks.modulus

    /// The product by the slow way: doubling and adding in 128 bits.
    private func slowProduct(_ left: UInt64, _ right: UInt64) -> UInt64 {
        modulus.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
    }

    @Test func arithmeticAgreesWithWideDivision() {
        var generator = SplitMix64(seed: 11)
        let edges: [UInt64] = [0, 1, 2, 0xFFFF_FFFF, 0x1_0000_0000, modulus - 1, modulus - 2]
        let values = edges + (0..<200).map { _ in generator.next() % modulus }
        for left in values {
            for right in edges + [values[values.count - 1], values[50]] {
                let (a, b) = (Goldilocks(left), Goldilocks(right))
                #expect((a * b).value == slowProduct(left, right))
                let (sum, carried) = left.addingReportingOverflow(right)
                let wanted = modulus.dividingFullWidth((carried ? 1 : 0, sum)).remainder
                #expect((a + b).value == wanted)
                #expect((a - b) + b == a)
            }
        }
    }

    @Test func onlyCanonicalValuesAreAccepted() {
        #expect(Goldilocks(canonical: modulus - 1) != nil)
        #expect(Goldilocks(canonical: modulus) == nil)
        #expect(Goldilocks(modulus) == .zero)
    }

    @Test func inversesMultiplyToOne() {
        var generator = SplitMix64(seed: 12)
        let elements = (0..<20).map { _ in Goldilocks(generator.next() | 1) }
        for (element, inverse) in zip(elements, Goldilocks.inverses(of: elements)) {
            #expect(element * inverse == .one)
            #expect(inverse == element.inverse)
        }
    }

    @Test func rootsOfUnityHaveTheirExactOrder() {
        for log2 in [1, 5, 12, Goldilocks.twoAdicity] {
            let root = Goldilocks.rootOfUnity(log2Order: log2)
            #expect(root.power(1 << UInt64(log2)) == .one)
            #expect(root.power(1 << UInt64(log2 - 1)) != .one)
        }
    }
}
