import TestSupport
import Testing

@testable import Instruments

@Suite struct DistinctEstimateTests {
    private func estimate(of count: Int, seed: UInt64) -> Int {
        var (estimate, random) = (DistinctEstimate(), SeededRandom(seed: seed))
        let hashes = (0..<count).map { _ in random.next() }
        for hash in hashes + hashes { estimate.insert(hash: hash) }
        return estimate.count
    }

    @Test(arguments: [0, 1, 2, 10, 64])
    func fewValuesAreCountedExactly(count: Int) {
        for seed in UInt64(0)..<20 { #expect(estimate(of: count, seed: seed) == count) }
    }

    /// Five standard deviations; the seeds are fixed, so the outcome is.
    @Test(arguments: [65, 100, 1000, 30_000])
    func theEstimateOfManyIsNear(count: Int) {
        for seed in UInt64(0)..<10 {
            let estimate = estimate(of: count, seed: seed)
            #expect(abs(Double(estimate - count)) <= Double(count) * 0.33, "seed \(seed)")
        }
    }

    /// A standard error of 6.5 %, and of the mean of 100 a tenth of it; five of each.
    @Test(arguments: [100, 300, 490, 640, 700, 1200])
    func itIsAsExactAtEveryCount(count: Int) {
        let errors = (UInt64(100)..<200).map {
            Double(estimate(of: count, seed: $0) - count) / Double(count)
        }
        let mean = errors.reduce(0, +) / 100
        let spread = (errors.reduce(0) { $0 + $1 * $1 } / 100).squareRoot()
        #expect(abs(mean) < 0.033, "\(mean)")
        #expect(spread < 0.09, "\(spread)")
    }
}
