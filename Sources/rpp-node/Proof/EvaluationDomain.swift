/// A coset of a subgroup of order 2^k, over which the number-theoretic transform evaluates
/// polynomials.
struct EvaluationDomain: Sendable {
    let log2Size: Int
    let shift: Goldilocks
    let generator: Goldilocks

    init(log2Size: Int, shift: Goldilocks = .one) {
        self.log2Size = log2Size
        self.shift = shift
        generator = .rootOfUnity(log2Order: log2Size)
    }

    var size: Int { 1 << log2Size }

    /// The domain of the squares, which has half as many points.
    var squared: EvaluationDomain {
        EvaluationDomain(log2Size: log2Size - 1, shift: shift * shift)
    }

    func element(_ index: Int) -> Goldilocks {
        shift * generator.power(UInt64(index))
    }

    var elements: [Goldilocks] {
        var elements: [Goldilocks] = []
        elements.reserveCapacity(size)
        var element = shift
        for _ in 0..<size {
            elements.append(element)
            element = element * generator
        }
        return elements
    }

    /// The values of the polynomial at every point, in the order of the points.
    func evaluate(_ coefficients: [Goldilocks]) -> [Goldilocks] {
        var values: [Goldilocks] = []
        values.reserveCapacity(size)
        var factor = Goldilocks.one
        for coefficient in coefficients {
            values.append(coefficient * factor)
            factor = factor * shift
        }
        for _ in values.count..<size { values.append(.zero) }
        transform(&values, root: generator)
        return values
    }

    /// The coefficients of the polynomial of degree below `size` that has these values.
    func interpolate(_ values: [Goldilocks]) -> [Goldilocks] {
        var coefficients = values
        transform(&coefficients, root: generator.inverse)
        let step = shift.inverse
        var factor = Goldilocks(UInt64(size)).inverse
        for index in coefficients.indices {
            coefficients[index] = coefficients[index] * factor
            factor = factor * step
        }
        return coefficients
    }

    /// The number-theoretic transform, in place: bit reversal, then butterflies.
    private func transform(_ values: inout [Goldilocks], root: Goldilocks) {
        for index in 0..<size {
            let mirrored = reversedBits(index)
            if index < mirrored { values.swapAt(index, mirrored) }
        }
        var half = 1
        while half < size {
            let step = root.power(UInt64(size / (2 * half)))
            var factor = Goldilocks.one
            for offset in 0..<half {
                for low in stride(from: offset, to: size, by: 2 * half) {
                    let turned = values[low + half] * factor
                    values[low + half] = values[low] - turned
                    values[low] = values[low] + turned
                }
                factor = factor * step
            }
            half *= 2
        }
    }

    private func reversedBits(_ index: Int) -> Int {
        guard log2Size > 0 else { return index }
        var (rest, result) = (index, 0)
        for _ in 0..<log2Size {
            result = result << 1 | rest & 1
            rest >>= 1
        }
        return result
    }
}
