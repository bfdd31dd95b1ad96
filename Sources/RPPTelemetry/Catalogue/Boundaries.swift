/// Bucket boundaries that fit what the node measures (`Documentation/node-contract.md`, section 1).
enum Boundaries {
    /// Proofs: 1 ms to 120 s.
    static let proofMilliseconds: [Double] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 30_000, 60_000,
        120_000,
    ]
    /// Flushes and RPC requests: 0.05 ms to 10 s.
    static let requestMilliseconds: [Double] = [
        0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000,
    ]
    /// Stages of a block: 0.05 ms to 60 s.
    static let stageMilliseconds: [Double] =
        requestMilliseconds.dropLast() + [10_000, 30_000, 60_000]
    /// Consensus rounds: 5 ms to 60 s.
    static let roundMilliseconds: [Double] = [
        5, 10, 20, 50, 100, 200, 300, 500, 750, 1000, 2000, 5000, 10_000, 30_000, 60_000,
    ]
    /// Sizes: powers of four from 256 B to 64 MiB.
    static let bytes: [Double] = (4...13).map { Double(1 << (2 * $0)) }
}

extension Duration {
    /// The duration in milliseconds, with a fraction; never negative.
    var milliseconds: Double {
        let (seconds, rest) = attoseconds.quotientAndRemainder(
            dividingBy: 1_000_000_000_000_000_000)
        return max(Double(seconds) * 1e3 + Double(rest) / 1e15, 0)
    }
}
