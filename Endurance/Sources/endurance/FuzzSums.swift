import Instruments

/// Counters and up-down counters, free and bound.
enum FuzzSums {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "Meter.counter", "Counter.add", "Counter.isEnabled"
        ) { world, extremes in
            let counter = world.meter.counter(
                extremes.text(), unit: extremes.text(), description: extremes.text(),
                keeping: extremes.optional { $0.keys() })
            counter.add(extremes.int())
            counter.add(extremes.int(), extremes.set())
            let attributes = extremes.attributes()
            counter.add(extremes.int()) { writer in
                for attribute in attributes { writer.set(attribute.key, attribute.value) }
            }
            counter.add(
                extremes.int(), extremes.text(), extremes.text(), extremes.text(), extremes.text(),
                extremes.text(), extremes.text(), extremes.text(), extremes.text())
            Sink.take(counter.isEnabled ? 1 : 0)
        },
        FuzzEntry(
            "AttributeWriter.set", "BoundCounter.add", "Counter.bind", "Counter.declareZero",
            "Counter.remove", "BoundCounter.isEnabled"
        ) { world, extremes in
            let counter = world.meter.counter(extremes.text(), of: Double.self)
            let texts = extremes.list(upTo: 12) { $0.text() }
            let (int, double) = (extremes.int(), extremes.double())
            counter.add(extremes.double()) { writer in
                for text in texts { writer.set(text, text) }
                writer.set("int", int)
                writer.set("double", double)
                writer.set("bool", true)
            }
            counter.add(extremes.double())
            counter.add(extremes.double(), extremes.text(), extremes.text())
            let set = extremes.set()
            let bound = counter.bind(set)
            bound.add(extremes.double())
            Sink.take(bound.isEnabled ? 1 : 0)
            if extremes.oneIn(2) { counter.remove(set) }
            bound.add(extremes.double())
            counter.add(extremes.double(), set)
            if extremes.oneIn(2) { counter.declareZero(extremes.set()) }
            world.meter.counter(extremes.text()).bind(extremes.set()).add(extremes.int())
        },
        FuzzEntry(
            "Meter.upDownCounter", "UpDownCounter.add", "UpDownCounter.isEnabled",
            "UpDownCounter.bind", "UpDownCounter.declareZero", "UpDownCounter.remove",
            "BoundUpDownCounter.add", "BoundUpDownCounter.isEnabled"
        ) { world, extremes in
            let counter = world.meter.upDownCounter(
                extremes.text(), unit: extremes.text(), description: extremes.text(),
                keeping: extremes.optional { $0.keys() })
            let set = extremes.set()
            let bound = counter.bind(set)
            counter.add(extremes.int())
            counter.add(extremes.int(), set)
            let key = extremes.text()
            counter.add(extremes.int()) { $0.set(key, key) }
            counter.add(extremes.int(), extremes.text(), extremes.text())
            bound.add(extremes.int())
            bound.add(extremes.int())
            if extremes.oneIn(2) { counter.remove(set) }
            bound.add(extremes.int())
            counter.declareZero(set)
            Sink.take(counter.isEnabled && bound.isEnabled ? 1 : 0)
        },
        FuzzEntry("UpDownCounter.add", "BoundUpDownCounter.add") { world, extremes in
            let counter = world.meter.upDownCounter(extremes.text(), of: Double.self)
            counter.add(extremes.double())
            counter.add(extremes.double(), extremes.set())
            let (key, value) = (extremes.text(), extremes.double())
            counter.add(extremes.double()) { $0.set(key, value) }
            counter.add(extremes.double(), extremes.text(), extremes.text())
            let bound = counter.bind(extremes.set())
            bound.add(extremes.double())
            bound.add(extremes.double())
        },
    ]
}
