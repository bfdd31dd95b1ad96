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

extension MetricData {
    /// Which kind of data it is.
    public var kind: MetricKind {
        switch self {
        case .sum: .sum
        case .gauge: .gauge
        case .histogram: .histogram
        case .exponentialHistogram: .exponentialHistogram
        }
    }
}
