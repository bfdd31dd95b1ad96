internal import Instruments
internal import OTelEmitter
internal import RPPTelemetry

/// A metric that can be asked for: an instrument of the node's catalogue, or one of the emitter's
/// own. There is no other way into a query, so that none names what nothing emits.
protocol Measured {
    var name: String { get }
    /// UCUM.
    var unit: String { get }
    var shape: MetricShape { get }
    var attributes: [MeasuredAttribute] { get }
}

/// What can be asked of a metric.
enum MetricShape: String {
    case counter
    /// A gauge, or a sum that also falls.
    case level
    case histogram
    /// A histogram without buckets has no quantiles.
    case histogramWithoutBuckets = "histogram without buckets"
}

/// An attribute of a metric's data points.
struct MeasuredAttribute: Equatable {
    let key: String
    /// The values that it may have, where those are a closed set.
    let values: [AttributeValue]?
}

extension InstrumentEntry: Measured {
    var shape: MetricShape {
        switch kind {
        case .counter: .counter
        case .gauge: .level
        case .histogram: boundaries.isEmpty ? .histogramWithoutBuckets : .histogram
        }
    }

    var attributes: [MeasuredAttribute] {
        keys.map { key in
            MeasuredAttribute(key: key.name, values: key.values?.map { .string($0) })
        }
    }
}

extension InstrumentDefinition: Measured {
    var shape: MetricShape {
        switch kind {
        case .counter, .observableCounter: .counter
        case .gauge, .upDownCounter, .observableGauge, .observableUpDownCounter: .level
        case .histogram: boundaries == [] ? .histogramWithoutBuckets : .histogram
        }
    }

    var attributes: [MeasuredAttribute] {
        keys.map { MeasuredAttribute(key: $0.name, values: $0.values) }
    }
}

extension InstrumentDefinition.Typed {
    var prometheusName: String { definition.prometheusName }
    var chosen: Selection { definition.chosen }
    var everywhere: Selection { definition.everywhere }
}

extension Measured {
    /// The metric's name in Prometheus.
    var prometheusName: String {
        // Only a gauge of unit 1 becomes a ratio, and the emitter's up-down counter has another.
        PrometheusName.metric(
            name, unit: unit, isMonotonicSum: shape == .counter, isGauge: shape == .level)
    }

    /// Its series of the instances that the reader of a dashboard has chosen.
    var chosen: Selection { Selection(self, for: .dashboards) }

    /// Its series of all instances, for rules.
    var everywhere: Selection { Selection(self, for: .rules) }
}
