import Instruments

/// Histograms of all aggregations, free and bound.
enum FuzzHistograms {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "Meter.histogram", "Histogram.record", "Histogram.isEnabled", "Histogram.bind",
            "Histogram.remove", "BoundHistogram.record", "BoundHistogram.isEnabled"
        ) { world, extremes in
            let histogram = world.meter.histogram(
                extremes.text(), unit: extremes.text(), description: extremes.text(),
                boundaries: extremes.optional { boundaries(&$0) },
                keeping: extremes.optional { $0.keys() })
            let set = extremes.set()
            let bound = histogram.bind(set)
            histogram.record(extremes.double())
            histogram.record(extremes.double(), set)
            let (key, value) = (extremes.text(), extremes.value())
            histogram.record(extremes.double()) { $0.set(key, value) }
            histogram.record(extremes.double(), extremes.text(), extremes.text())
            for _ in 0..<20 { bound.record(extremes.double()) }
            if extremes.oneIn(2) { histogram.remove(set) }
            for _ in 0..<20 { bound.record(abs(extremes.double())) }
            Sink.take(histogram.isEnabled && bound.isEnabled ? 1 : 0)
        },
        FuzzEntry("Histogram.record", "BoundHistogram.record") { world, extremes in
            let histogram = world.meter.histogram(extremes.text(), of: Int.self)
            histogram.record(extremes.int())
            histogram.record(extremes.int(), extremes.set())
            let (key, value) = (extremes.text(), extremes.int())
            histogram.record(extremes.int()) { $0.set(key, value) }
            histogram.record(extremes.int(), extremes.text(), extremes.text())
            let bound = histogram.bind(extremes.set())
            for _ in 0..<20 { bound.record(extremes.int()) }
        },
    ]

    /// In order and not, finite and not, few and too many.
    static func boundaries(_ extremes: inout Extremes) -> [Double] {
        if extremes.oneIn(8) { return (0..<extremes.pick([507, 508, 5000])).map(Double.init) }
        let bounds = extremes.list(upTo: 20) { $0.double() }
        return extremes.oneIn(2) ? bounds : Set(bounds.filter(\.isFinite)).sorted()
    }
}
