import Testing

@testable import Instruments

@Suite struct HistogramTests {
    private func make(
        _ boundaries: [Double]? = nil, reports: Reports = Reports()
    ) -> (MeterProvider, Histogram<Double>) {
        let provider = MeterProvider.make(reports: reports)
        return (provider, provider.meter("m").histogram("h", boundaries: boundaries))
    }

    @Test func allWaysEndInTheSameCell() throws {
        let (provider, histogram) = make([1, 2])
        histogram.record(0.5)
        histogram.record(1.5, .empty)
        histogram.bind(.empty).record(2.5)
        histogram.record(1, ["k": 1])
        histogram.bind(["k": 1]).record(2)
        let metric = try #require(provider.collected("h"))
        #expect(metric.histogram()?.bucketCounts == [1, 1, 1])
        #expect(metric.histogram()?.sum == 4.5)
        #expect(metric.histogram(["k": 1])?.bucketCounts == [1, 1, 0])
    }

    @Test func integersAreRecordedAsDoubles() throws {
        let provider = MeterProvider.make()
        let histogram = provider.meter("m").histogram("h", boundaries: [10], of: Int.self)
        histogram.record(10)
        histogram.record(11, .empty)
        histogram.bind(.empty).record(.max)
        let point = try #require(provider.collected("h")?.histogram())
        #expect(point.bucketCounts == [1, 2])
        #expect(point.minimum == 10)
        #expect(point.maximum == 9_223_372_036_854_775_808)
    }

    @Test(arguments: [
        Double.nan, .infinity, -.infinity, -1, -Double.leastNonzeroMagnitude,
    ])
    func valuesThatAHistogramCannotHoldAreDroppedAndCounted(value: Double) throws {
        let reports = Reports()
        let (provider, histogram) = make([1], reports: reports)
        histogram.record(value)
        histogram.bind(["k": 1]).record(value)
        histogram.record(value, ["k": 1])
        #expect(provider.collected("h") == nil)
        histogram.record(0.5)
        let point = try #require(provider.collected("h")?.histogram())
        #expect(point.count == 1)
        #expect(point.sum == 0.5)
        #expect(point.minimum == 0.5)
        #expect(point.maximum == 0.5)
        #expect(histogram.storage.droppedMeasurements == 3)
        #expect(reports.all == [.droppedMeasurements("h")])
    }

    @Test func negativeIntegersAreDropped() {
        let provider = MeterProvider.make()
        let histogram = provider.meter("m").histogram("h", of: Int.self)
        histogram.record(-1)
        histogram.bind(.empty).record(.min)
        #expect(provider.collected("h") == nil)
        #expect(histogram.storage.droppedMeasurements == 2)
    }

    @Test func theDefaultBoundariesAreOpenTelemetrys() {
        let (provider, histogram) = make()
        histogram.record(1)
        guard case .histogram(_, let bounds, .cumulative)? = provider.collected("h")?.data else {
            Issue.record("no cumulative histogram")
            return
        }
        #expect(
            bounds == [
                0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10000,
            ])
    }

    @Test func aSilentHistogramIsSilentAndZeroIsAValue() throws {
        let (provider, histogram) = make([0, 1])
        let bound = histogram.bind(["k": 1])
        #expect(provider.collected("h") == nil)
        bound.record(0)
        let point = try #require(provider.collected("h")?.histogram(["k": 1]))
        #expect(point.bucketCounts == [1, 0, 0])
        #expect(point.minimum == 0)
        #expect(point.maximum == 0)
        #expect(point.sum == 0)
    }
}
