import Instruments

extension MetricsSnapshot {
    /// The number points of a metric in this scope; empty if there are none.
    func numbers(_ name: String, scope: String = "endurance") -> [NumberPoint] {
        switch metric(name, scope: scope)?.data {
        case .sum(let points, _, _)?, .gauge(let points)?: points
        case .histogram?, .exponentialHistogram?, nil: []
        }
    }

    /// The histogram points of a metric in this scope; empty if there are none.
    func histograms(_ name: String, scope: String = "endurance") -> [HistogramPoint] {
        if case .histogram(let points, _, _)? = metric(name, scope: scope)?.data {
            points
        } else {
            []
        }
    }
}

extension [NumberPoint] {
    /// The sum of all integers.
    var total: Int { reduce(0) { $0 + $1.value.integer } }
}

extension Number {
    /// The integer that it is; 0 for doubles.
    var integer: Int {
        if case .int(let value) = self { Int(value) } else { 0 }
    }
}
