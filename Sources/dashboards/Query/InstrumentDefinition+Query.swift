internal import Instruments
internal import OTelEmitter

/// Every query begins with a definition, so that no query names a metric that nothing emits.
extension InstrumentDefinition {
    /// The metric's name in Prometheus.
    var prometheusName: String {
        // Only a gauge with the unit 1 becomes a ratio, and the emitter's up-down counter has
        // another unit.
        PrometheusName.metric(
            name, unit: unit, isMonotonicSum: [InstrumentKind].counters.contains(kind),
            isGauge: [InstrumentKind].levels.contains(kind))
    }

    /// A histogram without buckets has no quantiles.
    var hasBuckets: Bool { kind == .histogram && boundaries != [] }

    /// The series of the instances that the reader of a dashboard has chosen.
    var chosen: Selection { Selection(self, for: .dashboards) }

    /// The series of all instances, for rules.
    var everywhere: Selection { Selection(self, for: .rules) }
}

extension InstrumentDefinition.Typed {
    var prometheusName: String { definition.prometheusName }
    var chosen: Selection { definition.chosen }
    var everywhere: Selection { definition.everywhere }
}

/// Kinds of instruments for which the same queries make sense.
extension [InstrumentKind] {
    static let counters = [InstrumentKind.counter, .observableCounter]
    /// Gauges, and sums that can fall.
    static let levels = [
        InstrumentKind.gauge, .upDownCounter, .observableGauge, .observableUpDownCounter,
    ]
    static let histograms = [InstrumentKind.histogram]
}
