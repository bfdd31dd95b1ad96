internal import Glibc
internal import Instruments
internal import JSONText

/// The upper bounds of buckets, of which the last is infinite, and the label of each: `le="0.5"`.
struct PrometheusBounds {
    let values: [Double]
    let labels: [[UInt8]]
    /// All bounds, including those that are not finite, since each of them has a count.
    let all: [Double]

    /// - Parameter bounds: in ascending order. Bounds that are not finite get no bucket.
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

/// A histogram in the form of Prometheus' text formats: cumulative counts of values up to each
/// bound.
struct PrometheusHistogram {
    struct Bucket: Equatable {
        /// The bound belongs to the bucket.
        let bound: Double
        /// The number of values up to the bound.
        var count: UInt64
    }

    /// In ascending order. The bound of the last bucket is infinite.
    let buckets: [Bucket]
    /// The labels of the bounds.
    let bounds: [[UInt8]]
    let count: UInt64
    /// Nil for instruments that record negative values.
    let sum: Double?
    let exemplars: [Exemplar]

    /// The finest scale of exponential buckets, with four bounds for each doubling of the value.
    /// Neither text format has exponential histograms, and each bucket takes a line.
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
        // Points of metric producers may have fewer counts than bounds.
        let labels = missing == 0 ? bounds.labels : PrometheusBounds(buckets.map(\.bound)).labels
        self.init(buckets, labels, point.count, point.sum, point.exemplars)
    }

    /// Buckets with their upper bounds. Buckets finer than `finestScale` are merged.
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
                // The bounds are so close to 0 that they are the same double.
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

    /// Whether OpenMetrics allows the histogram a sum, and thus a count. Not if there may be
    /// negative values.
    var hasSumInOpenMetrics: Bool {
        guard let sum, let lowest = buckets.first?.bound else { return false }
        return sum >= 0 && lowest >= 0
    }

    /// The latest exemplar in a bucket.
    func exemplar(ofBucket index: Int) -> Exemplar? {
        guard !exemplars.isEmpty else { return nil }
        let lower = index > 0 ? buckets[index - 1].bound : -.infinity
        let upper = buckets[index].bound
        return exemplars.filter { lower < $0.value.double && $0.value.double <= upper }
            .max { $0.time < $1.time }
    }
}

extension Number {
    /// The value, rounded if a double can't represent it.
    var double: Double {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        }
    }
}
