/// Everything that a provider's instruments held at one instant: immutable, and all that encoders,
/// exporters and views ever see.
///
/// Two snapshots are equal if they hold the same data, doubles compared by bit pattern; states that
/// were copied along do not count.
public struct MetricsSnapshot: Sendable, Equatable {
    /// What describes the process that measured.
    public let resource: Resource
    /// When it was collected: nanoseconds since 1970. The time of every data point.
    public let time: UInt64
    /// The metrics by scope, in the order of output; scopes without data are not there.
    public let scopes: [ScopeMetrics]
    let states: [Int: any Sendable]
    /// Series that callbacks observed earlier and could not observe for this snapshot, because they
    /// were late: the next difference begins with them. Not part of the data.
    var held: [NumberPoint] = []

    /// Makes a snapshot of metrics that were collected at `time`, in nanoseconds since 1970.
    public init(resource: Resource, time: UInt64, scopes: [ScopeMetrics]) {
        self.init(resource: resource, time: time, scopes: scopes, states: [:])
    }

    init(
        resource: Resource, time: UInt64, scopes: [ScopeMetrics],
        states: [Int: any Sendable]
    ) {
        self.resource = resource
        self.time = time
        self.scopes = scopes
        self.states = states
    }

    /// Number of data points in all metrics.
    public var pointCount: Int {
        scopes.reduce(0) { $0 + $1.metrics.reduce(0) { $0 + $1.data.pointCount } }
    }

    /// The metric of this name in the scope of this name, if it has data.
    public func metric(_ name: String, scope: String) -> Metric? {
        for candidate in scopes where candidate.scope.name == scope {
            if let metric = candidate.metrics.first(where: { $0.descriptor.name == name }) {
                return metric
            }
        }
        return nil
    }

    public static func == (left: MetricsSnapshot, right: MetricsSnapshot) -> Bool {
        left.time == right.time && left.resource == right.resource && left.scopes == right.scopes
    }
}

/// The metrics of one instrumentation scope.
public struct ScopeMetrics: Sendable, Equatable {
    /// Whose metrics these are.
    public let scope: InstrumentationScope
    /// The metrics that have data, in the order of output.
    public let metrics: [Metric]

    /// Makes the metrics of a scope, in the order given.
    public init(scope: InstrumentationScope, metrics: [Metric]) {
        self.scope = scope
        self.metrics = metrics
    }
}

/// One metric: what it is called, and its data points.
public struct Metric: Sendable, Equatable {
    /// Name, unit and description.
    public let descriptor: MetricDescriptor
    /// The data points.
    public let data: MetricData
    /// What is known of its instrument. Not part of the data.
    let source: MetricSource

    /// Makes a metric that no instrument stands behind.
    public init(descriptor: MetricDescriptor, data: MetricData) {
        self.init(descriptor: descriptor, data: data, source: MetricSource())
    }

    init(descriptor: MetricDescriptor, data: MetricData, source: MetricSource) {
        self.descriptor = descriptor
        self.data = data
        self.source = source
    }

    /// What it was made of, or itself.
    var parts: [Metric] { source.parts.isEmpty ? [self] : source.parts }

    public static func == (left: Metric, right: Metric) -> Bool {
        left.descriptor == right.descriptor && left.data == right.data
    }
}

/// What decides about a metric's temporality, and about the start of its first interval.
struct MetricSource: Sendable {
    /// Whether callbacks observe it.
    var isObservable = false
    /// Whether an up-down counter measures it, which is never exported as differences.
    var isUpDown = false
    /// When its instrument was made, in nanoseconds since 1970; 0: unknown.
    var creation: UInt64 = 0
    /// The metrics that it was made of, if points of theirs were changed by that: differences are
    /// made of them and joined again.
    var parts: [Metric] = []

    /// What is known of two metrics in one.
    func joining(_ other: MetricSource) -> MetricSource {
        MetricSource(
            isObservable: isObservable && other.isObservable,
            isUpDown: isUpDown || other.isUpDown,
            creation: min(creation, other.creation))
    }
}

/// The data points of a metric, by kind.
public enum MetricData: Sendable, Equatable {
    /// Totals; `isMonotonic` if they only grow.
    case sum([NumberPoint], isMonotonic: Bool, temporality: Temporality)
    /// Levels.
    case gauge([NumberPoint])
    /// `bounds` are the buckets' inclusive upper bounds, common to all points.
    case histogram([HistogramPoint], bounds: [Double], temporality: Temporality)
    /// Distributions over base-2 exponential buckets.
    case exponentialHistogram([ExponentialHistogramPoint], temporality: Temporality)

    /// How many data points there are.
    public var pointCount: Int {
        switch self {
        case .sum(let points, _, _), .gauge(let points): points.count
        case .histogram(let points, _, _): points.count
        case .exponentialHistogram(let points, _): points.count
        }
    }

    /// Whether there are no data points.
    public var isEmpty: Bool { pointCount == 0 }

    /// The points of a sum or a gauge.
    var numberPoints: [NumberPoint] {
        switch self {
        case .sum(let points, _, _), .gauge(let points): points
        case .histogram, .exponentialHistogram: []
        }
    }

    var histogramPoints: [HistogramPoint] {
        if case .histogram(let points, _, _) = self { points } else { [] }
    }

    var exponentialPoints: [ExponentialHistogramPoint] {
        if case .exponentialHistogram(let points, _) = self { points } else { [] }
    }

    /// The bounds of a histogram's buckets.
    var bounds: [Double] {
        if case .histogram(_, let bounds, _) = self { bounds } else { [] }
    }

    /// Nil for gauges.
    var temporality: Temporality? {
        switch self {
        case .sum(_, _, let temporality), .histogram(_, _, let temporality),
            .exponentialHistogram(_, let temporality):
            temporality
        case .gauge: nil
        }
    }
}

/// Whether points reach back to the start of their series or to the previous report.
public enum Temporality: Sendable, Hashable {
    /// A point has what was measured since the previous report.
    case delta
    /// A point has all that was measured since the start of its series.
    case cumulative
}
