import Instruments
import Synchronization

/// Instruments over closed sets, of faulty ones too.
enum FuzzClosed {
    static let entries: [FuzzEntry] = [
        FuzzEntry(
            "ClosedCounter.add", "ClosedCounter.declareZero", "ClosedUpDownCounter.add",
            "ClosedUpDownCounter.declareZero", "ClosedHistogram.record", "ClosedGauge.record",
            "ClosedCounter.isEnabled", "ClosedCounter.remove", "ClosedUpDownCounter.isEnabled",
            "ClosedUpDownCounter.remove", "ClosedHistogram.isEnabled", "ClosedHistogram.remove",
            "ClosedGauge.isEnabled", "ClosedGauge.remove"
        ) { world, extremes in
            record(Side.self, { $0.pick(Side.allCases) }, world, &extremes)
        },
        FuzzEntry(
            "AttributeEnum.count", "AttributeEnum.index", "AttributeEnum.attributes",
            "AttributeEnum.all", "AttributePair.init(_:_:)", "AttributePair.count",
            "AttributePair.index", "AttributePair.attributes", "AttributePair.all"
        ) { world, extremes in
            record(
                AttributePair<Side, Unsteady>.self,
                { AttributePair($0.pick(Side.allCases), Unsteady($0.int())) }, world, &extremes)
            record(
                AttributeTriple<Unsteady, Unsteady, Side>.self,
                { extremes in
                    AttributePair(
                        Unsteady(extremes.int()),
                        AttributePair(Unsteady(extremes.int()), extremes.pick(Side.allCases)))
                }, world, &extremes)
            Sink.take(Side.count + Side.left.index + Side.left.attributes.count + Side.all.count)
        },
        FuzzEntry("ClosedCounter.add") { world, extremes in
            Unsteady.size.store(extremes.pick([0, 1, 2, 7]), ordering: .relaxed)
            record(Unsteady.self, { Unsteady($0.int()) }, world, &extremes)
        },
    ]

    private static func record<Attributes: ClosedAttributes>(
        _: Attributes.Type, _ make: (inout Extremes) -> Attributes, _ world: FuzzWorld,
        _ extremes: inout Extremes
    ) {
        let meter = world.meter
        let name = extremes.text()
        let counts = meter.counter(name, over: Attributes.self)
        let amounts = meter.counter(name, of: Double.self, over: Attributes.self)
        let levels = meter.upDownCounter(name, over: Attributes.self)
        let changes = meter.upDownCounter(name, of: Double.self, over: Attributes.self)
        let sizes = meter.histogram(
            name, boundaries: extremes.optional { FuzzHistograms.boundaries(&$0) }, of: Int.self,
            over: Attributes.self)
        let times = meter.histogram(name, over: Attributes.self)
        let heights = meter.gauge(name, of: Int.self, over: Attributes.self)
        let loads = meter.gauge(name, over: Attributes.self)
        for _ in 0..<4 {
            counts.add(extremes.int(), make(&extremes))
            amounts.add(extremes.double(), make(&extremes))
            levels.add(extremes.int(), make(&extremes))
            changes.add(extremes.double(), make(&extremes))
            sizes.record(extremes.int(), make(&extremes))
            times.record(extremes.double(), make(&extremes))
            heights.record(extremes.int(), make(&extremes))
            loads.record(extremes.double(), make(&extremes))
        }
        // Between the making of the table and now a faulty set may have changed.
        Unsteady.size.store(extremes.pick([0, 1, 2, 7]), ordering: .relaxed)
        let isIncluded = extremes.oneIn(2)
        counts.declareZero { _ in isIncluded }
        levels.declareZero { _ in isIncluded }
        amounts.declareZero()
        changes.declareZero()
        for _ in 0..<2 {
            counts.remove(make(&extremes))
            changes.remove(make(&extremes))
            sizes.remove(make(&extremes))
            loads.remove(make(&extremes))
        }
        let isEnabled = [counts.isEnabled, levels.isEnabled, sizes.isEnabled, loads.isEnabled]
        Sink.take(isEnabled.count { $0 })
    }
}

/// A faulty closed attribute: its index is anything, and its table is now larger and now smaller.
struct Unsteady: ClosedAttributes {
    static let size = Atomic(2)
    let index: Int

    init(_ index: Int) {
        self.index = index
    }

    static var count: Int { size.load(ordering: .relaxed) * 1000 }
    static var all: [Unsteady] { (0..<size.load(ordering: .relaxed)).map(Unsteady.init) }
    var attributes: [Attribute] { [Attribute("unsteady", .int(Int64(index)))] }
}
