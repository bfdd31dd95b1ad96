/// Sebastiano Vigna's SplitMix64, a small random number generator whose only state is its seed.
struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A separate generator for one purpose, so that the consumers of random numbers do not affect
    /// each other.
    static func stream(_ purpose: UInt64, of seed: UInt64) -> SplitMix64 {
        var root = SplitMix64(seed: seed)
        var mixed = root.next()
        mixed ^= purpose &* 0xD6E8_FEB8_6659_FD93
        return SplitMix64(seed: mixed)
    }
}
