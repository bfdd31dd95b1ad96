import Testing

@testable import Instruments

@Suite struct InstrumentDefinitionTests {
    private typealias Definition = InstrumentDefinition
    private typealias Both = AttributePair<Side, Colour>

    private let provider = MeterProvider.make()
    private var meter: Meter { provider.meter("m") }

    /// What the meter has registered, by name.
    private func registered() -> [String: InstrumentDescriptor] {
        var found: [String: InstrumentDescriptor] = [:]
        for meter in provider.collector.meters.sorted() {
            let all =
                meter.sortedInstruments().map(\.descriptor)
                + meter.sortedObservables().map(\.descriptor)
            for descriptor in all { found[descriptor.name] = descriptor }
        }
        return found
    }

    /// Makes it, and compares what it says with what was registered.
    private func expect<Instrument>(
        _ definition: Definition.Typed<Instrument>, _ kind: InstrumentKind, _ number: NumberKind
    ) {
        _ = meter.make(definition)
        let definition = definition.definition
        #expect(definition.kind == kind && definition.number == number)
        let expected = InstrumentDescriptor(
            name: definition.name, kind: kind, unit: "By", description: "D.", number: number)
        #expect(registered()[definition.name] == expected)
    }

    private func bounds(_ name: String) -> [Double]? {
        guard case .histogram(_, let bounds, _)? = provider.collected(name)?.data else {
            return nil
        }
        return bounds
    }

    @Test func theMeterMakesWhatIsDefined() {
        typealias D = Definition
        let (unit, text) = ("By", "D.")
        expect(D.counter("a", unit: unit, description: text), .counter, .integer)
        expect(D.counter("b", unit: unit, description: text, of: Double.self), .counter, .double)
        expect(D.upDownCounter("c", unit: unit, description: text), .upDownCounter, .integer)
        expect(D.histogram("d", unit: unit, description: text), .histogram, .double)
        expect(D.gauge("e", unit: unit, description: text, of: Int.self), .gauge, .integer)
    }

    @Test func theMeterMakesWhatIsDefinedOverClosedAttributes() {
        typealias D = Definition
        let (unit, text) = ("By", "D.")
        expect(
            D.counter("a", unit: unit, description: text, of: Double.self, over: Side.self),
            .counter, .double)
        expect(
            D.upDownCounter("b", unit: unit, description: text, over: Side.self), .upDownCounter,
            .integer)
        expect(
            D.histogram("c", unit: unit, description: text, of: Int.self, over: Side.self),
            .histogram, .integer)
        expect(D.gauge("d", unit: unit, description: text, over: Side.self), .gauge, .double)
    }

    @Test func theMeterMakesWhatIsDefinedAsObservable() {
        typealias D = Definition
        let (unit, text) = ("By", "D.")
        expect(
            D.observableCounter("a", unit: unit, description: text, of: Int.self),
            .observableCounter, .integer)
        expect(
            D.observableUpDownCounter("b", unit: unit, description: text, of: Double.self),
            .observableUpDownCounter, .double)
        expect(
            D.observableGauge("c", unit: unit, description: text, of: Double.self),
            .observableGauge, .double)
    }

    @Test func whatIsMadeTwiceIsOneSeries() {
        let definition = Definition.counter("c", over: Side.self)
        meter.make(definition).add(2, .left)
        meter.make(definition).add(3, .left)
        meter.counter("c").add(4, ["side": "l"])
        #expect(provider.collected("c")?.values == [.int(9)])
    }

    @Test func boundariesAreThoseOfTheDefinition() {
        let closed = Definition.histogram("c", boundaries: [1, 2], over: Side.self)
        let free = Definition.histogram("f", boundaries: [])
        let usual = Definition.histogram("u")
        meter.make(closed).record(1.5, .left)
        meter.make(free).record(1.5)
        meter.make(usual).record(1.5)
        #expect(bounds("c") == [1, 2])
        #expect(bounds("f") == [])
        #expect(bounds("u")?.count == 15)
    }

    @Test func keysOfClosedAttributesComeFromTheirType() {
        let sides = Definition.Key("side", values: ["l", "r"])
        let colours = Definition.Key("colour", values: ["red", "green", "blue"])
        #expect(Definition.counter("c", over: Side.self).definition.keys == [sides])
        #expect(Definition.gauge("g", over: Both.self).definition.keys == [sides, colours])
        #expect(
            Definition.histogram("h", over: AttributePair<Colour, Side>.self).definition.keys
                == [colours, sides])
    }

    @Test func keysOfFreeAttributesAreThoseGivenAndLimitNothing() {
        let given = [Definition.Key("peer"), Definition.Key("reason", values: ["full"])]
        let definition = Definition.counter("c", keys: given)
        #expect(definition.definition.keys == given)
        #expect(definition.definition.keys.map(\.values) == [nil, ["full"]])
        meter.make(definition).add(1, ["other": "x"])
        #expect(provider.collected("c")?.data.numbers.map(\.attributes) == [["other": "x"]])
    }

    /// E with an accent is one letter in two spellings, which receivers tell apart.
    @Test func keysThatDifferInTheirBytesAreTwo() {
        struct Spelt: ClosedAttributes {
            let index: Int
            static let count = 2
            static let all = [Spelt(index: 0), Spelt(index: 1)]
            var attributes: [Attribute] {
                [Attribute(index == 0 ? "e\u{301}" : "\u{E9}", .int(Int64(index)))]
            }
        }
        let keys = Definition.counter("c", over: Spelt.self).definition.keys
        #expect(keys.map(\.values) == [[0], [1]])
    }

    @Test func callbacksCanBeAddedToWhatIsMade() {
        let gauge = meter.make(Definition.observableGauge("g", of: Double.self))
        gauge.addCallback { $0.observe(0.5, ["a": "b"]) }
        #expect(provider.collected("g")?.values == [.double(0.5)])
    }
}
