internal import Glibc

/// Estimates how many different values it was shown, in constant memory.
///
/// Up to 64 are counted exactly, more by a HyperLogLog with 256 registers: a standard error of
/// 6.5 %.
struct DistinctEstimate: Sendable {
    private static let indexBits = 8
    private static let exactLimit = 64
    /// The hashes themselves while there are few; empty once there are registers.
    private var few: Set<UInt64> = []
    private var registers: [UInt8] = []

    /// - Parameter hash: of the value, well mixed in all its bits.
    mutating func insert(hash: UInt64) {
        if registers.isEmpty {
            few.insert(hash)
            guard few.count > Self.exactLimit else { return }
            registers = Array(repeating: 0, count: 1 << Self.indexBits)
            for hash in few { count(hash) }
            few = []
        } else {
            count(hash)
        }
    }

    private mutating func count(_ hash: UInt64) {
        let rank = UInt8(((hash << UInt64(Self.indexBits)) | 1).leadingZeroBitCount + 1)
        let index = Int(hash >> UInt64(64 - Self.indexBits))
        registers[index] = max(registers[index], rank)
    }

    var count: Int {
        guard !registers.isEmpty else { return few.count }
        let size = Double(registers.count)
        let empty = Double(registers.count { $0 == 0 })
        let used = registers.reduce(0.0) {
            $0 + ($1 == 0 ? 0 : 1 / Double(UInt64(1) << UInt64($1)))
        }
        let sum = size * Self.weight(ofEmpty: empty / size) + used
        return Int((size * size / (2 * log(2) * sum)).rounded())
    }

    /// What empty registers stand for. It makes one formula hold for all counts. Separate formulas
    /// for small and large counts would jump where they meet, and be wrong by a third around there.
    ///
    /// The function σ of O. Ertl, "New cardinality estimation algorithms for HyperLogLog sketches",
    /// arXiv:1702.01284, section 4.2.
    private static func weight(ofEmpty share: Double) -> Double {
        var (sum, power, factor) = (share, share, 1.0)
        while true {
            power *= power
            let next = sum + power * factor
            if next == sum { return sum }
            (sum, factor) = (next, factor * 2)
        }
    }
}
