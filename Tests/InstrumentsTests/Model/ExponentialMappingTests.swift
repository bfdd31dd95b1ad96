import Glibc
import TestSupport
import Testing

@testable import Instruments

@Suite struct ExponentialMappingTests {
    private let mapping = ExponentialMapping.shared

    /// A6.26: an exact power of two is the upper bound of its bucket, at every scale.
    @Test(arguments: Int32(-10)...20)
    func powersOfTwoAreUpperBounds(scale: Int32) {
        for exponent in Int32(-1074)...1023 {
            let value =
                exponent < -1022
                ? Double(bitPattern: 1 << UInt64(exponent + 1074)) : exp2(Double(exponent))
            let index = mapping.index(of: value, scale: scale)
            let expected =
                scale > 0
                ? Int64(exponent) << Int64(scale) - 1 : (Int64(exponent) - 1) >> Int64(-scale)
            #expect(Int64(index) == expected, "2^\(exponent)")
            // What comes next lies in the next bucket, or in the same one at coarse scales.
            let next = mapping.index(of: value.nextUp, scale: scale)
            #expect(next >= index && (next - index <= 1 || exponent < -1022))
            if scale >= 0, exponent > -1022 { #expect(next == index + 1, "2^\(exponent)") }
        }
    }

    /// A6.22, A6.23: all magnitudes have a bucket, in order, that fits Int32.
    @Test(arguments: Int32(-10)...20)
    func theExtremesHaveBuckets(scale: Int32) {
        let values: [Double] = [
            .leastNonzeroMagnitude, .leastNonzeroMagnitude.nextUp, .leastNormalMagnitude.nextDown,
            .leastNormalMagnitude, 1.0.nextDown, 1, 1.0.nextUp, .greatestFiniteMagnitude.nextDown,
            .greatestFiniteMagnitude,
        ]
        let indices = values.map { mapping.index(of: $0, scale: scale) }
        #expect(indices == indices.sorted())
        #expect(Int64(indices[8]) == (Int64(1024) << 20 - 1) >> Int64(20 - scale))
    }

    /// A6.25, A6.26: a coarser scale halves the index, within one bucket at the finest scales.
    @Test func coarserScalesHalveIndices() {
        let seed: UInt64 = 11
        var random = SeededRandom(seed: seed)
        for _ in 0..<3000 {
            let bits = UInt64.random(
                in: 1...Double.greatestFiniteMagnitude.bitPattern, using: &random)
            let value = Double(bitPattern: bits)
            for scale in Int32(-9)...20 {
                let fine = mapping.index(of: value, scale: scale) >> 1
                let coarse = mapping.index(of: value, scale: scale - 1)
                #expect(
                    abs(fine - coarse) <= (scale > 10 ? 1 : 0), "seed \(seed) \(value) \(scale)")
            }
        }
    }

    /// A6.21: the bounds hold, up to one bucket.
    @Test func valuesLieBetweenTheBoundsOfTheirBuckets() {
        let seed: UInt64 = 12
        var random = SeededRandom(seed: seed)
        for _ in 0..<3000 {
            let value = exp2(Double.random(in: -20..<20, using: &random))
            for scale in Int32(-2)...20 {
                let index = Double(mapping.index(of: value, scale: scale))
                let position = log2(value) * exp2(Double(scale))
                #expect(position > index - 1e-3 && position <= index + 1 + 1e-3, "seed \(seed)")
            }
        }
    }
}
