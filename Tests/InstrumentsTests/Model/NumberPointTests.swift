import Testing

@testable import Instruments

@Suite struct NumberPointTests {
    private func make(
        start: UInt64 = 1, count: UInt64 = 2, sum: Double = 3, minimum: Double? = 1,
        maximum: Double? = 2, bucketCounts: [UInt64] = [1, 1], attributes: AttributeSet = .empty
    ) -> HistogramPoint {
        HistogramPoint(
            attributes: attributes, start: start, count: count, sum: sum, minimum: minimum,
            maximum: maximum, bucketCounts: bucketCounts)
    }

    @Test func numbersAreComparedByKindAndBits() {
        #expect(Number.int(1) == .int(1))
        #expect(Number.int(1) != .int(2))
        #expect(Number.int(1) != .double(1))
        #expect(Number.double(.nan) == .double(.nan))
        #expect(Number.double(.nan) != .double(-.nan))
        #expect(Number.double(0) != .double(-0.0))
    }

    @Test func histogramPointsAreComparedByEveryPart() {
        #expect(make() == make())
        #expect(make(sum: .nan, minimum: .nan) == make(sum: .nan, minimum: .nan))
        let others = [
            make(start: 2), make(count: 3), make(sum: -0.0), make(minimum: nil),
            make(minimum: -1), make(maximum: nil), make(maximum: 9), make(bucketCounts: [2, 0]),
            make(bucketCounts: [2]), make(attributes: ["k": 1]),
        ]
        for other in others { #expect(other != make()) }
        #expect(make(sum: 0) != make(sum: -0.0))
    }

    @Test func numberPointsAreComparedByEveryPart() {
        let point = NumberPoint(attributes: .empty, start: 1, value: .int(1))
        #expect(point == NumberPoint(attributes: .empty, start: 1, value: .int(1)))
        #expect(point != NumberPoint(attributes: ["k": 1], start: 1, value: .int(1)))
        #expect(point != NumberPoint(attributes: .empty, start: 2, value: .int(1)))
        #expect(point != NumberPoint(attributes: .empty, start: 1, value: .double(1)))
    }
}
