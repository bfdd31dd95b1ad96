import Testing

@testable import Instruments

@Suite struct HistogramBoundariesTests {
    private static let possible: [[Double]] = [
        [], [0], [-1, 0, 1], [-Double.greatestFiniteMagnitude, Double.greatestFiniteMagnitude],
        [1, 1.0.nextUp], (0..<500).map(Double.init), HistogramBoundaries.standard,
    ]

    @Test(arguments: possible)
    func finiteIncreasingBoundariesHaveNoFault(boundaries: [Double]) {
        #expect(HistogramBoundaries.fault(in: boundaries) == nil)
    }

    private static let impossible: [([Double], String)] = [
        ([1, 1], "1.0 after 1.0"), ([2, 1], "1.0 after 2.0"), ([Double.nan], "nan"),
        ([1, Double.nan, 2], "nan"), ([0, Double.infinity], "inf"), ([-Double.infinity], "-inf"),
        ([-0.0, 0.0], "0.0 after -0.0"), ((0...507).map(Double.init), "508 boundaries"),
    ]

    @Test(arguments: impossible)
    func theFaultNamesTheValue(boundaries: [Double], text: String) {
        #expect(HistogramBoundaries.fault(in: boundaries)?.contains(text) == true)
    }

    @Test func theDocumentedFiveHundredFit() {
        #expect(HistogramCell.maximumBounds >= 500)
    }
}
