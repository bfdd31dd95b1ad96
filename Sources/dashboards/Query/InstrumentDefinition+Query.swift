internal import Instruments
internal import OTelEmitter

/// A definition is the only way into a query, so that none names what nothing emits.
extension InstrumentDefinition {
    /// The metric's name in Prometheus.
    var prometheusName: String {
        // Only a gauge of unit 1 becomes a ratio, and the emitter's up-down counter has another.
        PrometheusName.metric(
            name, unit: unit, isMonotonicSum: [InstrumentKind].counters.contains(kind),
            isGauge: [InstrumentKind].levels.contains(kind))
    }

    /// A histogram without buckets has no quantiles.
    var hasBuckets: Bool { kind == .histogram && boundaries != [] }

    /// Its series of the instances that the reader of a dashboard has chosen.
    var chosen: Selection { Selection(self, for: .dashboards) }

    /// Its series of all instances, for rules.
    var everywhere: Selection { Selection(self, for: .rules) }
}

extension InstrumentDefinition.Typed {
    var prometheusName: String { definition.prometheusName }
    var chosen: Selection { definition.chosen }
    var everywhere: Selection { definition.everywhere }
}

/// Kinds of which the same can be asked.
extension [InstrumentKind] {
    static let counters = [InstrumentKind.counter, .observableCounter]
    /// Gauges, and sums that also fall.
    static let levels = [
        InstrumentKind.gauge, .upDownCounter, .observableGauge, .observableUpDownCounter,
    ]
    static let histograms = [InstrumentKind.histogram]
}
