import TestSupport
import Testing

@testable import Instruments

@Suite struct GaugeTests {
    private func make() -> (MeterProvider, Gauge<Double>) {
        let provider = MeterProvider.make()
        return (provider, provider.meter("m").gauge("g"))
    }

    @Test func allWaysEndInTheSameCellAndTheLastValueCounts() {
        let (provider, gauge) = make()
        gauge.record(1)
        gauge.record(2, .empty)
        gauge.bind(.empty).record(3)
        gauge.bind(["k": 1]).record(4)
        gauge.record(-5, ["k": 1])
        let metric = provider.collected("g")
        #expect(metric?.value(.empty) == .double(3))
        #expect(metric?.value(["k": 1]) == .double(-5))
    }

    @Test func allWaysOfAnIntegerGaugeEndInTheSameCell() {
        let provider = MeterProvider.make()
        let gauge = provider.meter("m").gauge("g", of: Int.self)
        gauge.record(.max)
        gauge.bind(.empty).record(2)
        gauge.record(.min)
        gauge.record(9, ["k": 1])
        gauge.bind(["k": 1]).record(-1)
        #expect(provider.collected("g")?.values == [.int(.min), .int(-1)])
    }

    @Test(arguments: [
        Double.nan, .infinity, -.infinity, -0.0, 0, -1.5, .leastNonzeroMagnitude,
        .greatestFiniteMagnitude,
    ])
    func everyDoublePasses(value: Double) {
        let (provider, gauge) = make()
        gauge.record(value)
        #expect(provider.collected("g")?.values == [.double(value)])
    }

    @Test func aSilentGaugeIsSilentAndZeroIsAValue() {
        let (provider, gauge) = make()
        let bound = gauge.bind(["k": 1])
        #expect(provider.collected("g") == nil)
        bound.record(0)
        #expect(provider.collected("g")?.values == [.double(0)])
    }

    @Test func aValueStaysUntilTheNext() {
        let (provider, gauge) = make()
        gauge.record(7)
        #expect(provider.collected("g")?.values == [.double(7)])
        #expect(provider.collected("g")?.values == [.double(7)])
    }

    @Test func theLastValueOfAnyThreadCounts() {
        let (provider, gauge) = make()
        for value in 1...20 {
            Threads.run(1) { _ in gauge.record(Double(value)) }
            #expect(provider.collected("g")?.values == [.double(Double(value))])
        }
    }

    @Test func itIsAGauge() {
        let (provider, gauge) = make()
        gauge.record(1)
        guard case .gauge(let points)? = provider.collected("g")?.data else {
            Issue.record("no gauge")
            return
        }
        #expect(points.count == 1)
    }
}
