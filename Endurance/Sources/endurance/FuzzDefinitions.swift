import Instruments

/// Instruments made from definitions of every kind.
enum FuzzDefinitions {
    private typealias Definition = InstrumentDefinition

    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "InstrumentDefinition.counter", "InstrumentDefinition.upDownCounter",
            "InstrumentDefinition.histogram", "InstrumentDefinition.gauge", "Meter.make"
        ) { world, extremes in
            let (meter, keys) = (world.meter, extremes.list(upTo: 4) { key(&$0) })
            let counter = Definition.counter(
                extremes.text(), unit: extremes.text(), description: extremes.text(), keys: keys,
                of: Double.self)
            let sum = Definition.upDownCounter(extremes.text(), unit: extremes.text(), keys: keys)
            let histogram = Definition.histogram(
                extremes.text(), boundaries: extremes.optional { FuzzHistograms.boundaries(&$0) },
                keys: keys)
            let gauge = Definition.gauge(
                extremes.text(), description: extremes.text(), keys: keys, of: Int.self)
            meter.make(counter).add(extremes.double(), extremes.set())
            meter.make(sum).add(extremes.int(), extremes.set())
            meter.make(histogram).record(extremes.double(), extremes.set())
            meter.make(gauge).record(extremes.int(), extremes.set())
            Sink.take(counter.definition.name.utf8.count + histogram.definition.keys.count)
        },
        FuzzEntry(
            "InstrumentDefinition.counter", "InstrumentDefinition.upDownCounter",
            "InstrumentDefinition.histogram", "InstrumentDefinition.gauge"
        ) { world, extremes in
            let meter = world.meter
            let counter = Definition.counter(extremes.text(), over: Unsteady.self)
            let sum = Definition.upDownCounter(
                extremes.text(), of: Double.self, over: AttributePair<Side, Unsteady>.self)
            let histogram = Definition.histogram(
                extremes.text(), boundaries: extremes.optional { FuzzHistograms.boundaries(&$0) },
                of: Int.self, over: Side.self)
            let gauge = Definition.gauge(extremes.text(), over: Unsteady.self)
            meter.make(counter).add(extremes.int(), Unsteady(extremes.int()))
            meter.make(sum).add(
                extremes.double(), AttributePair(.left, Unsteady(extremes.int())))
            meter.make(histogram).record(extremes.int(), .right)
            meter.make(gauge).record(extremes.double(), Unsteady(extremes.int()))
            Sink.take(counter.definition.keys.count + sum.definition.keys.count)
        },
        FuzzEntry(
            "InstrumentDefinition.observableCounter",
            "InstrumentDefinition.observableUpDownCounter", "InstrumentDefinition.observableGauge"
        ) { world, extremes in
            let keys = extremes.list(upTo: 4) { key(&$0) }
            let (int, double, set) = (extremes.int(), extremes.double(), extremes.set())
            let counter = Definition.observableCounter(
                extremes.text(), unit: extremes.text(), keys: keys, of: Int.self)
            let sum = Definition.observableUpDownCounter(extremes.text(), of: Double.self)
            let gauge = Definition.observableGauge(extremes.text(), keys: keys, of: Double.self)
            let meter = world.meter
            world.registrations.append(meter.make(counter).addCallback { $0.observe(int, set) })
            world.registrations.append(meter.make(sum).addCallback { $0.observe(double, set) })
            world.registrations.append(meter.make(gauge).addCallback { $0.observe(double) })
            if world.registrations.count > 20 { world.registrations.removeFirst().cancel() }
        },
        FuzzEntry("InstrumentDefinition.init", "InstrumentDefinition.Key.init") { _, extremes in
            let definition = Definition(
                extremes.text(), extremes.pick(InstrumentKind.allCases),
                extremes.pick([.integer, .double]), unit: extremes.text(),
                description: extremes.text(),
                boundaries: extremes.optional { FuzzHistograms.boundaries(&$0) },
                keys: extremes.list(upTo: 4) { key(&$0) })
            Sink.take(definition == definition ? definition.keys.count : 0)
        },
    ]

    private static func key(_ extremes: inout Extremes) -> InstrumentDefinition.Key {
        InstrumentDefinition.Key(
            extremes.text(), values: extremes.optional { $0.list(upTo: 3) { $0.value() } })
    }
}
