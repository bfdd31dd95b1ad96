/// An element of the prime field of order 2^64 − 2^32 + 1, always in canonical form.
struct Goldilocks: Equatable, Sendable {
    static let modulus: UInt64 = 0xFFFF_FFFF_0000_0001
    /// 2^64 modulo the order, which is the value of a carry out of 64 bits.
    private static let epsilon: UInt64 = 0xFFFF_FFFF
    /// The multiplicative group's order is divisible by 2 this many times.
    static let twoAdicity = 32
    static let zero = Goldilocks(unchecked: 0)
    static let one = Goldilocks(unchecked: 1)
    /// A generator of the whole multiplicative group.
    static let generator = Goldilocks(unchecked: 7)

    let value: UInt64

    private init(unchecked value: UInt64) {
        self.value = value
    }

    /// Reduces any number.
    init(_ value: UInt64) {
        self.value = value >= Self.modulus ? value &- Self.modulus : value
    }

    /// Accepts only the canonical form, so that every element has one encoding.
    init?(canonical value: UInt64) {
        guard value < Self.modulus else { return nil }
        self.value = value
    }

    /// A generator of the subgroup of order 2^`log2Order`.
    static func rootOfUnity(log2Order: Int) -> Goldilocks {
        generator.power((modulus - 1) >> UInt64(log2Order))
    }

    static func + (left: Goldilocks, right: Goldilocks) -> Goldilocks {
        let (sum, carried) = left.value.addingReportingOverflow(right.value)
        return carried ? Goldilocks(unchecked: sum &+ epsilon) : Goldilocks(sum)
    }

    static func - (left: Goldilocks, right: Goldilocks) -> Goldilocks {
        let (difference, borrowed) = left.value.subtractingReportingOverflow(right.value)
        return Goldilocks(unchecked: borrowed ? difference &+ modulus : difference)
    }

    /// The high word of the product is split, because 2^64 = ε and 2^96 = −1 modulo the order.
    static func * (left: Goldilocks, right: Goldilocks) -> Goldilocks {
        let (high, low) = left.value.multipliedFullWidth(by: right.value)
        var (result, borrowed) = low.subtractingReportingOverflow(high >> 32)
        if borrowed { result &-= epsilon }
        let (sum, carried) = result.addingReportingOverflow((high & epsilon) &* epsilon)
        return Goldilocks(carried ? sum &+ epsilon : sum)
    }

    func power(_ exponent: UInt64) -> Goldilocks {
        var (result, base, rest) = (Goldilocks.one, self, exponent)
        while rest > 0 {
            if rest & 1 == 1 { result = result * base }
            base = base * base
            rest >>= 1
        }
        return result
    }

    /// The inverse by Fermat's little theorem; zero for zero.
    var inverse: Goldilocks { power(Self.modulus - 2) }

    /// All inverses, at the cost of one inversion and three multiplications for each element
    /// (Montgomery's trick).
    ///
    /// No element may be zero.
    static func inverses(of elements: [Goldilocks]) -> [Goldilocks] {
        var prefixes: [Goldilocks] = []
        prefixes.reserveCapacity(elements.count)
        var product = one
        for element in elements {
            prefixes.append(product)
            product = product * element
        }
        var inverse = product.inverse
        for index in elements.indices.reversed() {
            prefixes[index] = prefixes[index] * inverse
            inverse = inverse * elements[index]
        }
        return prefixes
    }
}
