import Testing

@testable import Instruments

@Suite struct DistinctEstimateTests {
    @Test func nothingIsNothing() {
        #expect(DistinctEstimate().count == 0)
    }

    /// Swift seeds its hashes anew in each process, so the bounds are wide: seven deviations.
    @Test(arguments: [1, 10, 100, 1000, 30_000])
    func theEstimateIsNear(count: Int) {
        var estimate = DistinctEstimate()
        for _ in 0..<2 {
            for value in 0..<count { estimate.insert(value) }
        }
        let allowed = max(Double(count) * 0.45, 2)
        #expect(abs(Double(estimate.count - count)) <= allowed, "\(estimate.count)")
    }
}
