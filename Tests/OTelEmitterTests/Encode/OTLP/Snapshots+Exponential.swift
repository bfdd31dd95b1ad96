import Instruments

/// Exponential histograms, and what producers may add to metrics.
extension Snapshots {
    static func exponential(
        _ positive: ExponentialBuckets, _ negative: ExponentialBuckets = ExponentialBuckets(),
        sum: Double? = 2.5, scale: Int32 = 0, zeroCount: UInt64 = 0, zeroThreshold: Double = 0,
        attributes: AttributeSet = .empty, exemplars: [Exemplar] = []
    ) -> ExponentialHistogramPoint {
        let count = positive.count + negative.count + zeroCount
        return ExponentialHistogramPoint(
            attributes: attributes, start: start, count: count, sum: sum,
            minimum: count == 0 ? nil : -0.5, maximum: count == 0 ? nil : 1e300, scale: scale,
            zeroCount: zeroCount, positive: positive, negative: negative,
            zeroThreshold: zeroThreshold, exemplars: exemplars)
    }

    static func exponentials(
        _ name: String, _ points: [ExponentialHistogramPoint],
        temporality: Temporality = .cumulative
    ) -> Metric {
        Metric(
            descriptor: MetricDescriptor(name: name, unit: "ms"),
            data: .exponentialHistogram(points, temporality: temporality))
    }

    static let exponentials = make([
        exponentials(
            "m.exponential",
            [
                exponential(
                    ExponentialBuckets(offset: -2, counts: [1, 0, 1]),
                    ExponentialBuckets(offset: 0, counts: [1]), sum: -3.5, scale: -1, zeroCount: 1,
                    attributes: ["k": "both ranges"]),
                exponential(
                    ExponentialBuckets(offset: -5, counts: [2]), scale: 20,
                    attributes: ["k": "positive"]),
                exponential(
                    ExponentialBuckets(), ExponentialBuckets(offset: 7, counts: [3, 4]),
                    sum: nil, scale: -10, attributes: ["k": "negative"]),
                exponential(
                    ExponentialBuckets(), sum: 0, zeroCount: .max, attributes: ["k": "zeros"]),
                exponential(
                    ExponentialBuckets(offset: 3), sum: 0, attributes: ["k": "nothing"]),
            ]),
        exponentials(
            "m.limits",
            [
                exponential(
                    ExponentialBuckets(offset: .min, counts: [.max]),
                    ExponentialBuckets(offset: .max), scale: .max),
                exponential(
                    ExponentialBuckets(offset: .max, counts: [1]), sum: .nan, scale: .min,
                    attributes: ["k": 1]),
            ], temporality: .delta),
    ])

    static let metadata = make([
        Metric(
            descriptor: MetricDescriptor(
                name: "m.sum", unit: "1", description: "d",
                metadata: ["prometheus.type": "counter", "list": .array([1, "\""]), "empty": ""]),
            data: .sum([point(.int(1))], isMonotonic: true, temporality: .cumulative)),
        exponentials(
            "m.thresholds",
            [0.001, 1, .leastNonzeroMagnitude, -0.0].map { threshold in
                exponential(
                    ExponentialBuckets(offset: 3, counts: [1]), zeroCount: 2,
                    zeroThreshold: threshold, attributes: ["t": .double(threshold)])
            }),
    ])
}
