internal import Glibc

/// Estimates how many different values it was shown, in constant memory (HyperLogLog with 256
/// registers: a standard error of 6.5 %).
struct DistinctEstimate: Sendable {
    private static let indexBits = 8
    private var registers: [UInt8] = []

    mutating func insert(_ value: some Hashable) {
        if registers.isEmpty { registers = Array(repeating: 0, count: 1 << Self.indexBits) }
        // Swift's hash is well mixed in all its bits.
        let hash = UInt64(bitPattern: Int64(value.hashValue))
        let rank = UInt8(((hash << UInt64(Self.indexBits)) | 1).leadingZeroBitCount + 1)
        let index = Int(hash >> UInt64(64 - Self.indexBits))
        registers[index] = max(registers[index], rank)
    }

    var count: Int {
        guard !registers.isEmpty else { return 0 }
        let size = Double(registers.count)
        let sum = registers.reduce(0.0) { $0 + 1 / Double(UInt64(1) << UInt64($1)) }
        let raw = 0.7213 / (1 + 1.079 / size) * size * size / sum
        let empty = registers.count { $0 == 0 }
        // Few values are counted better by how many registers they have left empty.
        let small = empty > 0 ? size * log(size / Double(empty)) : raw
        return Int((raw <= 2.5 * size ? small : raw).rounded())
    }
}
