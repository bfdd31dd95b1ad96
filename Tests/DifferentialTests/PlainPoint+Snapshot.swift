import Instruments

extension PlainPoint {
    /// All points of a snapshot.
    static func all(_ snapshot: MetricsSnapshot) -> [PlainPoint] {
        snapshot.scopes.flatMap { scope in
            scope.metrics.flatMap { all($0, scope: scope.scope.name) }
        }
    }

    private static func all(_ metric: Metric, scope: String) -> [PlainPoint] {
        var head = PlainPoint(
            scope: scope, name: metric.descriptor.name, unit: metric.descriptor.unit,
            description: metric.descriptor.description, kind: "", isDelta: false,
            isMonotonic: false, attributes: "")
        switch metric.data {
        case .sum(let points, let isMonotonic, let temporality):
            (head.kind, head.isMonotonic) = ("sum", isMonotonic)
            head.isDelta = temporality == .delta
            return points.map { head.adding($0) }
        case .gauge(let points):
            head.kind = "gauge"
            return points.map { head.adding($0) }
        case .histogram(let points, let bounds, let temporality):
            head.kind = "histogram"
            head.isDelta = temporality == .delta
            head.bounds = bounds.map { .double($0) }
            return points.map { head.adding($0) }
        case .exponentialHistogram(let points, let temporality):
            head.kind = "exponential"
            head.isDelta = temporality == .delta
            return points.map { head.adding($0) }
        }
    }

    private func adding(_ point: NumberPoint) -> PlainPoint {
        var copy = self
        copy.attributes = Self.text(point.attributes)
        copy.value =
            switch point.value {
            case .int(let value): .int(value)
            case .double(let value): .double(value)
            }
        return copy
    }

    private func adding(_ point: HistogramPoint) -> PlainPoint {
        var copy = self
        copy.attributes = Self.text(point.attributes)
        copy.count = point.count
        copy.sum = point.sum.map { .double($0) }
        copy.minimum = point.minimum.map { .double($0) }
        copy.maximum = point.maximum.map { .double($0) }
        copy.buckets = point.bucketCounts
        return copy
    }

    private func adding(_ point: ExponentialHistogramPoint) -> PlainPoint {
        var copy = self
        copy.attributes = Self.text(point.attributes)
        copy.count = point.count
        copy.sum = point.sum.map { .double($0) }
        copy.minimum = point.minimum.map { .double($0) }
        copy.maximum = point.maximum.map { .double($0) }
        (copy.scale, copy.zeroCount) = (point.scale, point.zeroCount)
        (copy.positiveOffset, copy.positive) = (point.positive.offset, point.positive.counts)
        (copy.negativeOffset, copy.negative) = (point.negative.offset, point.negative.counts)
        return copy
    }

    static func text(_ set: AttributeSet) -> String {
        set.attributes.map { $0.key + "=" + text($0.value) }.joined(separator: ";")
    }

    private static func text(_ value: AttributeValue) -> String {
        switch value {
        case .string(let value): "s" + value
        case .bool(let value): value ? "b1" : "b0"
        case .int(let value): "i\(value)"
        case .double(let value): "d" + value.hexadecimalBits
        case .array(let values):
            "a" + values.map { String(text($0).dropFirst()) }.joined(separator: ",")
        case .bytes, .map, .empty: "?"
        }
    }
}
