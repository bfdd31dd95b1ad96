internal import Glibc

/// Finds the bucket of a value in a base-2 exponential histogram (checklist A6.21, A6.26).
///
/// At scale s, bucket i holds the values in (2^(i·2^−s), 2^((i+1)·2^−s)]. Exact powers of two and
/// all values at scales up to `tableScale` are mapped exactly, from a table of the boundaries
/// within one octave; above that, by a logarithm whose error is far below one bucket.
final class ExponentialMapping: Sendable {
    static let minimumScale: Int32 = -10
    static let maximumScale: Int32 = 20

    /// Boundaries are tabulated at this scale; coarser ones follow by shifting.
    private static let tableScale: Int32 = 10
    private static let boundaryCount = 1 << Int(tableScale)
    /// Pieces of the octave so narrow that none holds two boundaries.
    private static let pieceBits = 11
    private static let significandBits: UInt64 = 52

    // SAFETY: both tables are written in `init` and only read afterwards; the one instance lives
    // for ever.
    nonisolated(unsafe) private let boundaries: UnsafeMutablePointer<UInt64>
    nonisolated(unsafe) private let guesses: UnsafeMutablePointer<UInt16>

    /// The tables are the same for all histograms.
    static let shared = ExponentialMapping()

    private init() {
        boundaries = .allocate(capacity: Self.boundaryCount + 1)
        guesses = .allocate(capacity: 1 << Self.pieceBits)
        let significandMask = (UInt64(1) << Self.significandBits) - 1
        for index in 0..<Self.boundaryCount {
            let boundary = exp2(Double(index) / Double(Self.boundaryCount))
            boundaries[index] = boundary.bitPattern & significandMask
        }
        // No significand is larger: the search never goes beyond the last bucket.
        boundaries[Self.boundaryCount] = .max
        var bucket = 0
        for piece in 0..<(1 << Self.pieceBits) {
            let lowest = UInt64(piece) << (Self.significandBits - UInt64(Self.pieceBits))
            while lowest > boundaries[bucket + 1] { bucket += 1 }
            guesses[piece] = UInt16(bucket)
        }
    }

    /// The bucket of a positive finite value.
    func index(of value: Double, scale: Int32) -> Int32 {
        let bits = value.bitPattern
        var exponent = Int32(truncatingIfNeeded: bits >> Self.significandBits) &- 1023
        var significand = bits & 0xF_FFFF_FFFF_FFFF
        if exponent == -1023 {
            // Subnormal: as if it had as many bits of exponent as it needs.
            let shift = significand.leadingZeroBitCount &- 11
            significand = (significand << UInt64(shift)) & 0xF_FFFF_FFFF_FFFF
            exponent = -1022 &- Int32(truncatingIfNeeded: shift)
        }
        if significand == 0 {
            // An exact power of two is the upper bound of its bucket.
            return scale > 0 ? (exponent << scale) &- 1 : (exponent &- 1) >> -scale
        }
        if scale > Self.tableScale {
            return (exponent << scale) &+ logarithm(significand, scale)
        }
        let piece = Int(significand >> (Self.significandBits - UInt64(Self.pieceBits)))
        var bucket = Int32(guesses[piece])
        if significand > boundaries[Int(bucket) &+ 1] { bucket &+= 1 }
        return ((exponent << Self.tableScale) &+ bucket) >> (Self.tableScale &- scale)
    }

    /// The bucket within the octave, from 0 to 2^scale − 1.
    private func logarithm(_ significand: UInt64, _ scale: Int32) -> Int32 {
        let value = Double(bitPattern: significand | 0x3FF0_0000_0000_0000)
        let buckets = Int32(1) << scale
        let position = Int32(log2(value) * Double(buckets))
        return min(max(position, 0), buckets &- 1)
    }
}
