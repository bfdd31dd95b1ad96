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

    @Test func everyCaseIsAtItsOwnIndexWhateverTheOrderOfDeclaration() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let swapped = provider.meter("m").counter("swapped", over: Swapped.self)
        swapped.add(100, .first)
        swapped.add(1, .second)
        let metric = provider.collected("swapped")
        #expect(metric?.value(["s": "first"]) == .int(100))
        #expect(metric?.value(["s": "second"]) == .int(1))
        #expect(reports.all.isEmpty)
    }

    @Test func rawValuesFromOneOnWorkAndAreReportedOnce() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let meter = provider.meter("m")
        let shifted = meter.counter("shifted", over: Shifted.self)
        let gauge = meter.gauge("g", of: Int.self, over: AttributePair<Side, Shifted>.self)
        for (place, value) in Shifted.allCases.enumerated() {
            shifted.add(place + 1, value)
            gauge.record(place, AttributePair(.right, value))
        }
        shifted.declareZero()
        let metric = provider.collected("shifted")
        for (place, value) in Shifted.allCases.enumerated() {
            #expect(metric?.value(["n": .string("\(value)")]) == .int(Int64(place + 1)))
            #expect(
                provider.collected("g")?.value(["side": "r", "n": .string("\(value)")])
                    == .int(Int64(place)))
        }
        _ = meter.counter("another", over: Shifted.self)
        #expect(reports.all.count == 2 && reports.all.allSatisfy { "\($0)".contains("index 0") })
    }

    @Test func whatCannotBeToldApartOrPlacedIsDroppedAndReported() {
        let reports = Reports()
        let provider = MeterProvider.make(reports: reports)
        let sparse = provider.meter("m").counter("s", over: AttributePair<Side, Sparse>.self)
        // The index of the left side's third is that of the right side's second.
        sparse.add(1, AttributePair(.left, .third))
        sparse.add(2, AttributePair(.right, .second))
        sparse.add(4, AttributePair(.left, .first))
        let far = provider.meter("m").counter("f", over: Far.self)
        Far.allCases.forEach { far.add(8, $0) }
        #expect(provider.collected("s")?.values == [.int(4)])
        #expect(provider.collected("f")?.values == [.int(8)])
        #expect(Set(reports.all).count == 4)
        for part in ["several sets of the index 4", "the index -1"] {
            #expect(reports.all.contains { "\($0)".contains(part) }, "\(part)")
        }
        for name in ["s", "f"] { #expect(reports.all.contains(.droppedMeasurements(name))) }
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

private enum Swapped: Int, AttributeEnum {
    case second = 1
    case first = 0

    static let attributeKey = "s"
    var attributeValue: String { "\(self)" }
}

private enum Shifted: Int, AttributeEnum {
    case one = 1
    case two
    case three

    static let attributeKey = "n"
    var attributeValue: String { "\(self)" }
}

/// Two of its raw values are the same modulo the number of its cases.
private enum Sparse: Int, AttributeEnum {
    case first = 0
    case second = 1
    case third = 4

    static let attributeKey = "n"
    var attributeValue: String { "\(self)" }
}

private enum Far: Int, AttributeEnum {
    case near = 0
    case far = 65_536
    case before = -1

    static let attributeKey = "n"
    var attributeValue: String { "\(self)" }
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
