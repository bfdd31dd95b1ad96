import Instruments
import TestSupport

/// Measurements by every kind of instrument.
enum KnownValues {
    static let resource = Resource(
        [
            "service.name": "known values", "service.instance.id": "7f0c",
            "process.pid": 4711, "is.test": true, "ratio": 0.1,
        ],
        schemaURL: "https://opentelemetry.io/schemas/1.30.0")

    /// Attributes of every kind, in the corners of their ranges.
    static let attributes: [AttributeSet] = [
        .empty,
        ["text": "plain"],
        ["text": ""],
        ["text": "quote \" backslash \\ slash / tab \t newline \n nul \0 del \u{7F} line \u{2028}"],
        ["text": "Grüße, 世界, 👩‍👩‍👧‍👦, e\u{301}"],
        ["flag": true],
        ["flag": false],
        ["int": 0],
        ["int": .int(.max)],
        ["int": .int(.min)],
        ["double": .double(0.1)],
        ["double": .double(.leastNonzeroMagnitude)],
        ["double": .double(.greatestFiniteMagnitude)],
        ["double": .double(.infinity)],
        ["double": .double(-.infinity)],
        ["double": .double(.nan)],
        ["bytes": .bytes([])],
        ["bytes": .bytes([0, 1, 254, 255])],
        ["array": .array([])],
        ["array": .array(["a", "b"])],
        ["array": .array([1, true, .double(2.5), .empty, .array([.array([])])])],
        ["map": .map([])],
        ["map": .map([Attribute("inner", .map([Attribute("k", 1)])), Attribute("b", "x")])],
        ["empty": .empty],
        ["z": 1, "a": 2, "m": 3, "service.name": "not the resource's"],
    ]

    /// Points that the two functions below make: twelve instruments, fifteen single values.
    static let pointCount = 12 * attributes.count + 15

    /// Records them. What a collector must hold afterwards is the provider's collection.
    ///
    /// - Parameter round: later rounds change the values.
    static func record(into provider: MeterProvider, round: Int = 1) {
        let meter = provider.meter(
            "known.values", version: "1.2.3-beta+4",
            schemaURL: "https://opentelemetry.io/schemas/1.31.0",
            attributes: ["scope.kind": "test", "scope.level": 3])
        let integers = meter.counter("integers", unit: "{event}", description: "Whole \"events\"")
        let doubles = meter.counter("doubles", unit: "J", of: Double.self)
        let durations = meter.histogram("durations", unit: "ms", description: "How long it took")
        let sizes = meter.histogram("sizes", unit: "By", boundaries: [0, 0.5, 1e6], of: Int.self)
        let level = meter.gauge("level", unit: "1")
        let height = meter.gauge("height", of: Int.self)
        let balance = meter.upDownCounter("balance", unit: "{item}", description: "Up and down")
        let drift = meter.upDownCounter("drift", of: Double.self)
        for (index, set) in attributes.enumerated() {
            integers.add(index * round, set)
            doubles.add(Double(index) * 0.1, set)
            for value in 0...index { durations.record(Double(value * value) * 1.7, set) }
            sizes.record(index * round, set)
            level.record(Double(index) / 3, set)
            height.record(-index * round, set)
            balance.add((5 - index) * round, set)
            drift.add(Double(index - 5) * 0.1, set)
        }
        recordExtremes(provider.meter("extremes"))
        provider.meter("unversioned").counter("alone").add(1)
    }

    /// Makes instruments whose callback observes other values in every collection. Call it once.
    static func observe(with provider: MeterProvider) {
        let meter = provider.meter("observed")
        let events = meter.observableCounter("events", unit: "{event}", of: Int.self)
        let energy = meter.observableCounter("energy", unit: "J", of: Double.self)
        let balance = meter.observableUpDownCounter("balance", of: Int.self)
        let level = meter.observableGauge("level", description: "A share", of: Double.self)
        let collections = Monitor(0)
        meter.addCallback(for: events, energy, balance, level) { observer in
            let round = collections.withLock { (count: inout Int) -> Int in
                count += 1
                return count
            }
            for (index, set) in attributes.enumerated() {
                observer.observe(index * round, events, set)
                observer.observe(Double(index * round) * 0.1, energy, set)
                observer.observe((5 - index) * round, balance, set)
                observer.observe(-Double(index) / Double(round), level, set)
            }
        }
    }

    private static func recordExtremes(_ meter: Meter) {
        meter.counter("saturated").add(.max)
        meter.counter("zero").add(0)
        meter.counter("large", of: Double.self).add(1e300)
        meter.gauge("lowest", of: Int.self).record(.min)
        meter.upDownCounter("deepest").add(.min)
        let level = meter.gauge("special")
        let odd = [
            Double.nan, .infinity, -.infinity, -0.0, .leastNonzeroMagnitude, 1e23, 0.1 + 0.2,
        ]
        for value in odd {
            level.record(value, ["value": .string("\(value)")])
        }
        let tiny = meter.histogram("tiny", boundaries: [1e-300, 1e-3])
        for value in [0, 1e-300, 1e-301, 1e-3, .leastNonzeroMagnitude, 2] { tiny.record(value) }
        meter.histogram("unbounded", boundaries: []).record(3)
    }
}
