import TestSupport
import Testing

@testable import Instruments

@Suite struct UpDownCounterTests {
    @Test func allWaysEndInTheSameCell() throws {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").upDownCounter("u", unit: "1", description: "d")
        counter.add(5)
        counter.add(-7, .empty)
        counter.bind(.empty).add(-1)
        counter.add(-3, ["side": "l"])
        counter.bind(["side": "l"]).add(1)
        provider.meter("m").upDownCounter("u", unit: "1", description: "d", over: Side.self)
            .add(-8, .left)
        let metric = try #require(provider.collected("u"))
        #expect(metric.values == [.int(-3), .int(-10)])
        guard case .sum(_, isMonotonic: false, temporality: .cumulative) = metric.data else {
            Issue.record("\(metric.data)")
            return
        }
    }

    @Test func doublesGrowAndFall() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").upDownCounter("u", of: Double.self)
        counter.add(0.5)
        counter.add(-2, .empty)
        counter.bind(.empty).add(-0.25)
        let closed = provider.meter("m").upDownCounter("u", of: Double.self, over: Side.self)
        closed.add(-1e300, .right)
        #expect(provider.collected("u")?.values == [.double(-1.75), .double(-1e300)])
    }

    @Test func integersAreHeldAtTheEnds() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").upDownCounter("u")
        counter.add(.min)
        counter.add(-1)
        counter.add(.max, ["k": 1])
        counter.bind(["k": 1]).add(.max)
        #expect(provider.collected("u")?.values == [.int(.min), .int(.max)])
    }

    /// D4: infinities have no differences, so a sum is held before it becomes one.
    @Test func doublesAreHeldAtTheEnds() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").upDownCounter("u", of: Double.self)
        for _ in 0..<3 {
            counter.add(.greatestFiniteMagnitude)
            counter.add(-.greatestFiniteMagnitude, ["k": 1])
        }
        #expect(
            provider.collected("u")?.values == [
                .double(.greatestFiniteMagnitude), .double(-.greatestFiniteMagnitude),
            ])
    }

    @Test func onlyNonFiniteAmountsAreDropped() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let counter = provider.meter("m").upDownCounter("u", of: Double.self)
        for value in [Double.nan, .infinity, -.infinity] {
            counter.add(value)
            counter.bind(.empty).add(value)
        }
        #expect(provider.collected("u") == nil)
        #expect(reports.all == [.droppedMeasurements("u")])
        counter.declareZero()
        #expect(provider.collected("u")?.values == [.double(0)])
    }
}
