import TestSupport
import Testing

@testable import Instruments

@Suite struct CounterTests {
    private func make(_ reports: Reports = Reports()) -> (MeterProvider, Counter<Int>) {
        let provider = MeterProvider.make(reports: reports)
        return (provider, provider.meter("m").counter("c", unit: "1", description: "d"))
    }

    private func makeDouble(_ reports: Reports = Reports()) -> (MeterProvider, Counter<Double>) {
        let provider = MeterProvider.make(reports: reports)
        return (provider, provider.meter("m").counter("c", of: Double.self))
    }

    @Test func allWaysEndInTheSameCell() {
        let (provider, counter) = make()
        counter.add(1)
        counter.add(2, .empty)
        counter.bind(.empty).add(4)
        counter.add(8, ["k": "v"])
        counter.bind(["k": "v"]).add(16)
        let metric = provider.collected("c")
        #expect(metric?.value(.empty) == .int(7))
        #expect(metric?.value(["k": "v"]) == .int(24))
        #expect(metric?.values.count == 2)
    }

    @Test func allWaysOfADoubleCounterEndInTheSameCell() {
        let (provider, counter) = makeDouble()
        counter.add(0.5)
        counter.add(0.25, .empty)
        counter.bind(.empty).add(2)
        counter.add(8, ["k": 1])
        counter.bind(["k": 1]).add(0.5)
        let metric = provider.collected("c")
        #expect(metric?.value(.empty) == .double(2.75))
        #expect(metric?.value(["k": 1]) == .double(8.5))
    }

    @Test func itIsAMonotonicCumulativeSumUnderItsDescription() throws {
        let (provider, counter) = make()
        counter.add(1)
        let metric = try #require(provider.collected("c"))
        #expect(metric.descriptor == MetricDescriptor(name: "c", unit: "1", description: "d"))
        guard case .sum(_, isMonotonic: true, temporality: .cumulative) = metric.data else {
            Issue.record("\(metric.data)")
            return
        }
    }

    @Test func negativeAmountIsDroppedAndCounted() {
        let reports = Reports()
        let (provider, counter) = make(reports)
        counter.add(3)
        counter.add(-1)
        counter.bind(.empty).add(.min)
        counter.add(-7, ["k": 1])
        #expect(provider.collected("c")?.values == [.int(3)])
        #expect(counter.storage.droppedMeasurements == 3)
        #expect(reports.all == [.droppedMeasurements("c")])
    }

    @Test(arguments: [
        -1.0, -Double.leastNonzeroMagnitude, .nan, -.nan, .infinity, -.infinity,
        Double(nan: 1, signaling: true),
    ])
    func amountsThatADoubleCounterCannotHoldAreDroppedAndCounted(amount: Double) {
        let reports = Reports()
        let (provider, counter) = makeDouble(reports)
        counter.add(1.5)
        counter.add(amount)
        counter.add(amount, ["k": 1])
        counter.bind(.empty).add(amount)
        #expect(provider.collected("c")?.values == [.double(1.5)])
        #expect(counter.storage.droppedMeasurements == 3)
        #expect(reports.all == [.droppedMeasurements("c")])
    }

    @Test func droppedMeasurementsAreReportedOnceHoweverOftenItIsCollected() {
        let reports = Reports()
        let (provider, counter) = make(reports)
        for _ in 0..<5 {
            counter.add(-1)
            _ = provider.collect()
        }
        #expect(reports.all == [.droppedMeasurements("c")])
        #expect(counter.storage.droppedMeasurements == 5)
    }

    @Test func aDroppedMeasurementDoesNotMakeASeries() {
        let (provider, counter) = make()
        counter.add(-1)
        #expect(provider.collect().scopes.isEmpty)
    }

    @Test func anIntegerSumSaturates() {
        let (provider, counter) = make()
        counter.add(.max)
        #expect(provider.collected("c")?.values == [.int(.max)])
        counter.add(1)
        counter.bind(.empty).add(.max)
        #expect(provider.collected("c")?.values == [.int(.max)])
    }

    @Test func aSumOverThreadsSaturates() {
        let (provider, counter) = make()
        Threads.run(4) { _ in counter.add(.max - 1) }
        #expect(provider.collected("c")?.values == [.int(.max)])
    }

    @Test func addingZeroIsAMeasurement() {
        let (provider, counter) = make()
        counter.add(0)
        #expect(provider.collected("c")?.values == [.int(0)])
        let (doubles, double) = makeDouble()
        double.add(-0.0)
        #expect(doubles.collected("c")?.values == [.double(0)])
    }

    @Test func aSilentCounterIsSilent() {
        let (provider, counter) = make()
        _ = counter.bind(["k": 1])
        #expect(provider.collect().scopes.isEmpty)
        #expect(provider.collect().pointCount == 0)
    }

    @Test func aDeclaredZeroIsReportedAndThenCountedOn() {
        let (provider, counter) = make()
        counter.declareZero()
        counter.declareZero(["k": 1])
        #expect(provider.collected("c")?.values == [.int(0), .int(0)])
        counter.add(2, ["k": 1])
        #expect(provider.collected("c")?.values == [.int(0), .int(2)])
    }

    @Test func aDeclaredZeroChangesNoSumThatIsThere() {
        let (provider, counter) = make()
        counter.add(4)
        counter.declareZero()
        #expect(provider.collected("c")?.values == [.int(4)])
    }

    @Test func smallDoublesAreNotLostBesideLargeOnesOfOtherSeries() {
        let (provider, counter) = makeDouble()
        counter.add(1e300)
        counter.add(.leastNonzeroMagnitude, ["k": 1])
        #expect(provider.collected("c")?.value(["k": 1]) == .double(.leastNonzeroMagnitude))
    }
}
