import TestSupport

/// Makes random plans: the same one for the same seed.
///
/// What it leaves out, because Python's SDK deviates from the specification or goes another way
/// where it leaves the choice:
/// - names in capitals: it writes them in small letters (A3.33);
/// - subnormal values: it rounds them up to the smallest normal, as it may (A6.23);
/// - NaN and infinities in gauges: it drops them, we pass them on (A11.2);
/// - sums of gauges and last values of others by a view: we take such views for impossible (A5.11);
/// - the same set twice in one callback: it adds them up, with us the last one counts (A4.10).
struct PlanMaker {
    private var random: SeededRandom
    private let seed: UInt64
    private var instruments: [PlannedInstrument] = []
    private var hasUnnamedView = false
    /// The last totals of observable counters, by instrument and set.
    private var totals: [[Int]: PlainNumber] = [:]

    private static let kinds = [
        "counter", "upDownCounter", "histogram", "gauge", "observableCounter",
        "observableUpDownCounter", "observableGauge", "histogram", "histogram", "counter",
    ]
    private static let keys = ["a", "b", "c", "d"]
    /// Values that are different though some languages call them equal.
    private static let attributeValues = [
        "sx", "sy", "s", "s1", "i1", "i-7", "b1", "b0", "d3ff0000000000000", "d3fe0000000000000",
        "ap,q", "ap",
    ]
    private static let units = ["", "ms", "By"]

    static func make(seed: UInt64) -> Plan {
        var maker = PlanMaker(random: SeededRandom(seed: seed), seed: seed)
        return maker.plan()
    }

    private init(random: SeededRandom, seed: UInt64) {
        self.random = random
        self.seed = seed
    }

    private mutating func plan() -> Plan {
        let count = Int.random(in: 1...4, using: &random)
        instruments = (0..<count).map { instrument($0) }
        let aggregation =
            random.oneIn(3) ? exponential() : PlannedAggregation(kind: "standard")
        let views = (0..<Int.random(in: 0...3, using: &random)).compactMap { view($0) }
        let sets = self.sets()
        let rounds = (0..<Int.random(in: 1...4, using: &random)).map { _ in round(sets.count) }
        return Plan(
            seed: seed, histogramAggregation: aggregation,
            preference: random.pick(["delta", "delta", "lowMemory"]), views: views,
            instruments: instruments, sets: sets, rounds: rounds)
    }

    private mutating func instrument(_ index: Int) -> PlannedInstrument {
        let kind = random.pick(Self.kinds)
        let hasAdvice = kind == "histogram" && random.oneIn(3)
        return PlannedInstrument(
            meter: random.pick(["m", "n"]), name: "i\(index)", kind: kind,
            isInteger: random.oneIn(2), unit: random.pick(Self.units),
            description: random.oneIn(2) ? "" : "about \(index)",
            boundaries: hasAdvice ? bounds() : nil,
            isIrregular: kind.hasPrefix("observable") && random.oneIn(3))
    }

    private mutating func view(_ index: Int) -> PlannedView? {
        let target = random.pick(instruments)
        var view = PlannedView(aggregation: aggregation(for: target))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: view.name = random.pick(["*", "i*", "i?", "?0", "*1*", "i"])
        case 1: view.kind = target.kind
        case 2: view.unit = target.unit
        case 3: view.meter = target.meter
        default:
            view.name = target.name
            if random.oneIn(4) { view.unit = random.pick(Self.units) }
            if random.oneIn(4) { view.kind = random.pick(Self.kinds) }
            if !random.oneIn(3) { view.rename = "\(target.name).r\(index)" }
        }
        let isExact = view.name == target.name
        if !isExact, ["sum", "lastValue"].contains(view.aggregation.kind) {
            view.aggregation.kind = "standard"
        }
        // Of two streams of one name it could not be told which is which.
        if view.rename == nil, view.aggregation.kind != "drop" {
            guard !hasUnnamedView else { return nil }
            hasUnnamedView = true
        }
        if random.oneIn(4) { view.description = "by view \(index)" }
        if random.oneIn(2) {
            let kept = Self.keys.filter { _ in random.oneIn(2) }
            view.keys = kept
            if random.oneIn(2) { view.excluded = Self.keys.filter { !kept.contains($0) } }
        }
        if random.oneIn(4) { view.limit = Int.random(in: 1...4, using: &random) }
        return view
    }

    private mutating func aggregation(for instrument: PlannedInstrument) -> PlannedAggregation {
        let isGauge = instrument.kind.lowercased().hasSuffix("gauge")
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return PlannedAggregation(kind: "drop")
        case 1: return PlannedAggregation(kind: isGauge ? "lastValue" : "sum")
        case 2...4: return PlannedAggregation(kind: "standard")
        case 5...7:
            // With nil Python's SDK takes the advised boundaries, which it should not (A3.21).
            let isNil = random.oneIn(3) && instruments.allSatisfy { $0.boundaries == nil }
            return PlannedAggregation(
                kind: "explicit", bounds: isNil ? nil : bounds(),
                recordsMinMax: !random.oneIn(4))
        default: return exponential()
        }
    }

    private mutating func exponential() -> PlannedAggregation {
        PlannedAggregation(
            kind: "exponential", recordsMinMax: !random.oneIn(4),
            size: random.pick([2, 3, 4, 5, 8, 20, 160, 160, 250]),
            scale: random.pick([-10, -3, 0, 1, 3, 10, 20, 20, 20]))
    }

    private mutating func bounds() -> [PlainNumber] {
        let candidates: [Double] = [-10, -1, 0, 0.5, 1, 2, 5, 10, 100, 1e6, 1e100]
        return candidates.filter { _ in random.oneIn(2) }.map { .double($0) }
    }

    private mutating func sets() -> [[[String]]] {
        var sets: [[[String]]] = []
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let set = Self.keys.filter { _ in random.oneIn(2) }
                .map { [$0, random.pick(Self.attributeValues)] }
            if !sets.contains(set) { sets.append(set) }
        }
        return sets
    }

    private mutating func round(_ setCount: Int) -> Plan.Round {
        var measurements: [Plan.Measurement] = []
        var observations: [Plan.Measurement] = []
        let recorders = instruments.indices.filter { !instruments[$0].isObservable }
        for _ in 0..<Int.random(in: 0...20, using: &random) where !recorders.isEmpty {
            let index = random.pick(recorders)
            let value = value(of: instruments[index])
            // Binding takes a series, even if the value is refused then (A3.10).
            let isTaken =
                value.asDouble.isFinite && (value.asDouble >= 0 || instruments[index].takesNegative)
            measurements.append(
                Plan.Measurement(
                    instrument: index, value: value,
                    set: Int.random(in: 0..<setCount, using: &random),
                    isBound: isTaken && random.oneIn(2), isElsewhere: random.oneIn(12)))
        }
        for index in instruments.indices where instruments[index].isObservable {
            for set in 0..<setCount where !instruments[index].isIrregular || !random.oneIn(3) {
                observations.append(
                    Plan.Measurement(
                        instrument: index, value: observation(of: index, set), set: set))
            }
        }
        return Plan.Round(
            measurements: measurements, observations: observations,
            isExported: !random.oneIn(5))
    }

    /// A total that grows, for counters that are not irregular.
    private mutating func observation(of index: Int, _ set: Int) -> PlainNumber {
        let instrument = instruments[index]
        guard instrument.kind == "observableCounter" else { return value(of: instrument) }
        var total: PlainNumber
        repeat { total = value(of: instrument) } while !(total.asDouble >= 0)
        if !instrument.isIrregular, let before = totals[[index, set]] {
            total =
                switch (before, total) {
                case (.int(let before), .int(let more)): .int(before + more)
                default: .double(before.asDouble + total.asDouble)
                }
        }
        totals[[index, set]] = total
        return total
    }

    private mutating func value(of instrument: PlannedInstrument) -> PlainNumber {
        // Counters and histograms refuse negative values, which has to be seen too.
        let mayBeNegative = instrument.takesNegative ? random.oneIn(3) : random.oneIn(12)
        if instrument.isInteger {
            let value = Int64.random(
                in: 0...random.pick([3, 20, 1000, 1_000_000_000]), using: &random)
            return .int(mayBeNegative ? -value : value)
        }
        if instrument.refusesNaN, random.oneIn(40) {
            return .double(random.pick([.nan, .infinity, -.infinity]))
        }
        let value = double()
        return .double(mayBeNegative ? -value : value)
    }

    private mutating func double() -> Double {
        switch Int.random(in: 0..<6, using: &random) {
        case 0: random.pick([0, 0.5, 1, 2, 5, 10, 100, 4096, 1e6, 1.0.nextUp, 2.0.nextDown])
        case 1:
            Double(
                sign: .plus, exponent: Int.random(in: -900...900, using: &random), significand: 1)
        case 2:
            Double(
                sign: .plus, exponent: Int.random(in: -900...900, using: &random),
                significand: Double.random(in: 1..<2, using: &random))
        case 3: Double.random(in: 1..<1.001, using: &random)
        default: Double.random(in: 0...random.pick([1, 100, 10_000]), using: &random)
        }
    }
}

extension PlannedInstrument {
    var isObservable: Bool { kind.hasPrefix("observable") }

    var takesNegative: Bool { !["counter", "histogram", "observableCounter"].contains(kind) }

    var refusesNaN: Bool { ["counter", "upDownCounter", "histogram"].contains(kind) }
}
