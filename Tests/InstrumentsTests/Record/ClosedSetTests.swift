import Synchronization
import Testing

@testable import Instruments

@Suite struct ClosedSetTests {
    @Test func theClosedWayEndsInTheCellOfTheSameAttributes() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        meter.counter("c", over: Side.self).add(2, .right)
        meter.counter("c").add(3, ["side": "r"])
        meter.counter("d", of: Double.self, over: Side.self).add(0.5, .left)
        meter.counter("d", of: Double.self).bind(["side": "l"]).add(0.25)
        meter.histogram("h", over: Side.self).record(7, .left)
        meter.histogram("h").record(8, ["side": "l"])
        meter.histogram("i", of: Int.self, over: Side.self).record(7, .left)
        meter.histogram("i", of: Int.self).record(8, ["side": "l"])
        meter.gauge("g", of: Int.self).record(1, ["side": "r"])
        meter.gauge("g", of: Int.self, over: Side.self).record(-4, .right)
        meter.gauge("k", over: Side.self).record(-0.5, .right)
        #expect(provider.collected("c")?.values == [.int(5)])
        #expect(provider.collected("d")?.values == [.double(0.75)])
        #expect(provider.collected("h")?.histogram(["side": "l"])?.sum == 15)
        #expect(provider.collected("i")?.histogram(["side": "l"])?.count == 2)
        #expect(provider.collected("g")?.values == [.int(-4)])
        #expect(provider.collected("k")?.values == [.double(-0.5)])
    }

    @Test func casesThatWereNotUsedAreSilent() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c", over: AttributePair<Side, Colour>.self)
        #expect(provider.collected("c") == nil)
        counter.add(0, AttributePair(.left, .blue))
        let points = provider.collected("c")?.data.numbers
        #expect(points?.map(\.attributes) == [["side": "l", "colour": "blue"]])
    }

    @Test func zeroIsDeclaredForTheWantedCases() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c", over: Colour.self)
        counter.declareZero { $0 != .green }
        let points = provider.collected("c")?.data.numbers ?? []
        #expect(points.map(\.attributes) == [["colour": "blue"], ["colour": "red"]])
        #expect(points.map(\.value) == [.int(0), .int(0)])
        counter.declareZero()
        #expect(provider.collected("c")?.values.count == 3)
    }

    @Test(arguments: [-1, 1, Int.max, Int.min])
    func anIndexOutsideTheTableIsDroppedAndCounted(index: Int) {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        meter.counter("c", over: Astray.self).add(1, Astray(index: index))
        meter.counter("d", of: Double.self, over: Astray.self).add(1, Astray(index: index))
        meter.histogram("h", over: Astray.self).record(1, Astray(index: index))
        meter.gauge("g", over: Astray.self).record(1, Astray(index: index))
        #expect(provider.collect().scopes.isEmpty)
        #expect(
            Set(reports.all) == Set(["c", "d", "h", "g"].map { .droppedMeasurements($0) }))
    }

    @Test func aClosedSetBeyondTheCardinalityLimitSharesTheOverflow() {
        let provider = MeterProvider.make(cardinalityLimit: 2)
        let counter = provider.meter("m").counter("c", over: Colour.self)
        Colour.allCases.forEach { counter.add(1, $0) }
        #expect(provider.collected("c")?.value(["otel.metric.overflow": true]) == .int(1))
        #expect(provider.collected("c")?.values.count == 3)
    }

    @Test func aRemovedCaseVanishesAndBeginsAnew() {
        let provider = MeterProvider.make()
        let meter = provider.meter("m")
        let counter = meter.counter("c", over: Side.self)
        let upDown = meter.upDownCounter("u", of: Double.self, over: Side.self)
        let histogram = meter.histogram("h", over: Side.self)
        let gauge = meter.gauge("g", of: Int.self, over: Side.self)
        for side in Side.allCases {
            counter.add(5, side)
            upDown.add(5, side)
            histogram.record(5, side)
            gauge.record(5, side)
        }
        #expect(provider.collect().pointCount == 8)
        counter.remove(.left)
        upDown.remove(.left)
        histogram.remove(.left)
        gauge.remove(.left)
        #expect(provider.collect().pointCount == 4)
        counter.add(1, .left)
        histogram.record(1, .left)
        #expect(provider.collected("c")?.value(["side": "l"]) == .int(1))
        #expect(provider.collected("h")?.histogram(["side": "l"])?.count == 1)
        #expect(provider.collected("c")?.value(["side": "r"]) == .int(5))
        // Removing what is not there does nothing.
        gauge.remove(.left)
        #expect(provider.collect().pointCount == 6)
    }

    /// A faulty type may have fewer sets when zeros are declared than when the table was made.
    @Test func setsThatHaveGoneAreNotDeclared() {
        let provider = MeterProvider.make()
        let counter = provider.meter("m").counter("c", over: Shrinking.self)
        let upDown = provider.meter("m").upDownCounter("u", over: Shrinking.self)
        Shrinking.size.store(1, ordering: .relaxed)
        counter.declareZero()
        upDown.declareZero { _ in true }
        #expect(provider.collected("c")?.value(["n": 0]) == .int(0))
        #expect(provider.collected("u")?.values == [.int(0)])
    }
}

/// A faulty closed attribute whose sets become fewer.
private struct Shrinking: ClosedAttributes {
    static let size = Atomic(3)
    let index: Int

    static var count: Int { 3 }
    static var all: [Shrinking] {
        (0..<size.load(ordering: .relaxed)).map { Shrinking(index: $0) }
    }
    var attributes: [Attribute] { [Attribute("n", .int(Int64(index)))] }
}
