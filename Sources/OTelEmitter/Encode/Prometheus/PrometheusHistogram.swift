internal import Glibc
internal import Instruments
internal import JSONText

/// The upper bounds of buckets, the last infinite, and the label of each: `le="0.5"`.
struct PrometheusBounds {
    let values: [Double]
    let labels: [[UInt8]]
    /// With those that are not finite: each has a count.
    let all: [Double]

    /// - Parameter bounds: ascending; those that are not finite get no bucket.
    init(_ bounds: [Double]) {
        all = bounds
        values = bounds.filter(\.isFinite) + [.infinity]
        labels = values.map { bound in
            var text = ByteBuffer(capacity: 64)
            text.append("le=\"")
            text.append(bound: bound)
            text.append("\"")
            return text.bytes()
        }
    }
}

/// A histogram as Prometheus' text formats have it: counts of all that is not above a bound.
struct PrometheusHistogram {
    struct Bucket: Equatable {
        /// Inclusive.
        let bound: Double
        /// Records up to the bound.
        var count: UInt64
    }

    /// In ascending order, the last with an infinite bound.
    let buckets: [Bucket]
    /// The labels of their bounds.
    let bounds: [[UInt8]]
    let count: UInt64
    /// Nil for instruments that record negative values.
    let sum: Double?
    let exemplars: [Exemplar]

    /// The finest scale of exponential buckets: four bounds for each doubling. Neither text format
    /// has exponential histograms, and each bucket costs a line.
    static let finestScale: Int32 = 2

    init(_ point: HistogramPoint, bounds: PrometheusBounds) {
        var buckets: [Bucket] = []
        buckets.reserveCapacity(bounds.values.count)
        var total: UInt64 = 0
        for (bound, count) in zip(bounds.all, point.bucketCounts) {
            total &+= count
            if bound.isFinite { buckets.append(Bucket(bound: bound, count: total)) }
        }
        let missing = bounds.values.count - 1 - buckets.count
        buckets.append(Bucket(bound: .infinity, count: point.count))
        // Points of producers may have fewer counts than bounds.
        let labels = missing == 0 ? bounds.labels : PrometheusBounds(buckets.map(\.bound)).labels
        self.init(buckets, labels, point.count, point.sum, point.exemplars)
    }

    /// Buckets by their upper bounds, merged where they are finer than `finestScale`.
    init(_ point: ExponentialHistogramPoint) {
        let scale = min(point.scale, Self.finestScale)
        let shift = max(point.scale, scale) &- scale
        let width = exp2(-Double(scale))
        let positive = point.positive.coarser(by: shift)
        let negative = point.negative.coarser(by: shift)
        var buckets: [Bucket] = []
        var total: UInt64 = 0
        func add(_ bound: Double, _ count: UInt64) {
            total &+= count
            guard bound.isFinite else { return }
            if let last = buckets.last, last.bound >= bound {
                // So near to 0 that a double can't tell them apart.
                buckets[buckets.count - 1].count = total
            } else {
                buckets.append(Bucket(bound: bound, count: total))
            }
        }
        for (index, count) in negative.counts.enumerated().reversed() {
            add(-exp2(Double(Int(negative.offset) + index) * width), count)
        }
        if point.zeroCount > 0 || !negative.counts.isEmpty {
            add(max(point.zeroThreshold, 0), point.zeroCount)
        }
        for (index, count) in positive.counts.enumerated() {
            add(exp2(Double(Int(positive.offset) + index + 1) * width), count)
        }
        buckets.append(Bucket(bound: .infinity, count: point.count))
        let labels = PrometheusBounds(buckets.map(\.bound)).labels
        self.init(buckets, labels, point.count, point.sum, point.exemplars)
    }

    private init(
        _ buckets: [Bucket], _ bounds: [[UInt8]], _ count: UInt64, _ sum: Double?,
        _ exemplars: [Exemplar]
    ) {
        self.buckets = buckets
        self.bounds = bounds
        self.count = count
        self.sum = sum
        self.exemplars = exemplars
    }

    /// Whether OpenMetrics lets it have a sum, and with it a count: not where there may be negative
    /// records.
    var hasSumInOpenMetrics: Bool {
        guard let sum, let lowest = buckets.first?.bound else { return false }
        return sum >= 0 && lowest >= 0
    }

    /// The latest exemplar of a bucket.
    func exemplar(ofBucket index: Int) -> Exemplar? {
        guard !exemplars.isEmpty else { return nil }
        let lower = index > 0 ? buckets[index - 1].bound : -.infinity
        let upper = buckets[index].bound
        return exemplars.filter { lower < $0.value.double && $0.value.double <= upper }
            .max { $0.time < $1.time }
    }
}

extension Number {
    /// The value, rounded where a double can't hold it.
    var double: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }
}
