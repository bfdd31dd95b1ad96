import Instruments

/// Data points that no instrument would make.
enum FuzzPoints {
    static let entries: [FuzzEntry] = [
        FuzzEntry("NumberPoint.init") { _, extremes in
            Sink.take(number(point: &extremes) == number(point: &extremes) ? 1 : 0)
        },
        FuzzEntry("HistogramPoint.init", "HistogramPoint.==") { _, extremes in
            Sink.take(histogram(&extremes) == histogram(&extremes) ? 1 : 0)
        },
        FuzzEntry(
            "ExponentialHistogramPoint.init", "ExponentialHistogramPoint.==",
            "ExponentialBuckets.init(offset:counts:)", "ExponentialBuckets.count"
        ) { _, extremes in
            let point = exponential(&extremes)
            Sink.take(point == exponential(&extremes) ? 1 : 0)
            Sink.take(Int(truncatingIfNeeded: point.positive.count))
            Sink.take(point.positive == point.negative ? 1 : 0)
        },
    ]

    static func number(_ extremes: inout Extremes) -> Number {
        extremes.oneIn(2) ? .int(Int64(extremes.int())) : .double(extremes.double())
    }

    static func exemplar(_ extremes: inout Extremes) -> Exemplar {
        Exemplar(
            value: number(&extremes), time: extremes.unsigned(),
            filteredAttributes: extremes.set(), context: extremes.optional { $0.context() })
    }

    /// Few different sets, so that points of different snapshots meet.
    private static func set(_ extremes: inout Extremes) -> AttributeSet {
        extremes.oneIn(4) ? extremes.set() : ["k": .int(Int64(extremes.pick([1, 2, 3])))]
    }

    private static func start(_ extremes: inout Extremes) -> UInt64 {
        extremes.oneIn(3) ? extremes.unsigned() : 1
    }

    static func number(point extremes: inout Extremes) -> NumberPoint {
        NumberPoint(
            attributes: set(&extremes), start: start(&extremes), value: number(&extremes),
            exemplars: extremes.list(upTo: 1) { exemplar(&$0) })
    }

    static func histogram(_ extremes: inout Extremes) -> HistogramPoint {
        HistogramPoint(
            attributes: set(&extremes), start: start(&extremes), count: extremes.unsigned(),
            sum: extremes.optional { $0.double() }, minimum: extremes.optional { $0.double() },
            maximum: extremes.optional { $0.double() },
            bucketCounts: extremes.list(upTo: 6) { $0.unsigned() },
            exemplars: extremes.list(upTo: 1) { exemplar(&$0) })
    }

    static func exponential(_ extremes: inout Extremes) -> ExponentialHistogramPoint {
        ExponentialHistogramPoint(
            attributes: set(&extremes), start: start(&extremes), count: extremes.unsigned(),
            sum: extremes.optional { $0.double() }, minimum: extremes.optional { $0.double() },
            maximum: extremes.optional { $0.double() }, scale: extremes.int32(),
            zeroCount: extremes.unsigned(), positive: buckets(&extremes),
            negative: buckets(&extremes), zeroThreshold: extremes.double(),
            exemplars: extremes.list(upTo: 1) { exemplar(&$0) })
    }

    private static func buckets(_ extremes: inout Extremes) -> ExponentialBuckets {
        ExponentialBuckets(
            offset: extremes.int32(), counts: extremes.list(upTo: 10) { $0.unsigned() })
    }
}
