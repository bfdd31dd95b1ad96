import Instruments

/// Gauges, free and bound.
enum FuzzLevels {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "Meter.gauge", "Gauge.record", "Gauge.isEnabled", "Gauge.bind", "Gauge.remove",
            "BoundGauge.record", "BoundGauge.isEnabled"
        ) { world, extremes in
            let gauge = world.meter.gauge(
                extremes.text(), unit: extremes.text(), description: extremes.text(),
                keeping: extremes.optional { $0.keys() })
            let set = extremes.set()
            let bound = gauge.bind(set)
            gauge.record(extremes.double())
            gauge.record(extremes.double(), set)
            let (key, value) = (extremes.text(), extremes.value())
            gauge.record(extremes.double()) { $0.set(key, value) }
            gauge.record(extremes.double(), extremes.text(), extremes.text())
            bound.record(extremes.double())
            if extremes.oneIn(2) { gauge.remove(set) }
            bound.record(extremes.double())
            Sink.take(gauge.isEnabled && bound.isEnabled ? 1 : 0)
        },
        FuzzEntry("Gauge.record", "BoundGauge.record") { world, extremes in
            let gauge = world.meter.gauge(extremes.text(), of: Int.self)
            gauge.record(extremes.int())
            gauge.record(extremes.int(), extremes.set())
            let key = extremes.text()
            gauge.record(extremes.int()) { $0.set(key, false) }
            gauge.record(extremes.int(), extremes.text(), extremes.text())
            gauge.bind(extremes.set()).record(extremes.int())
        },
    ]
}
