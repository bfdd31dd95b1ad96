internal import Instruments

/// The metric that tells a dashboard which instrument exceeds its limit of attribute sets. It has
/// no points while none does.
enum OverflowMetric {
    static let descriptor = MetricDescriptor(OwnMetric.refusedAttributeSets)

    /// The points of what has exceeded its limit; metrics of one name in one scope count together.
    static func scopes(_ overflows: [CardinalityOverflow]) -> [ScopeMetrics] {
        if overflows.isEmpty { return [] }
        var points: [AttributeSet: (refused: Int64, start: UInt64)] = [:]
        var order: [AttributeSet] = []
        for overflow in overflows {
            let attributes: AttributeSet = [
                OwnMetric.Key.scope: .string(overflow.scope.name),
                OwnMetric.Key.instrument: .string(overflow.instrument),
                OwnMetric.Key.attributeKey: .string(overflow.key),
            ]
            if points[attributes] == nil { order.append(attributes) }
            let known = points[attributes] ?? (0, overflow.creation)
            points[attributes] = (
                known.refused + Int64(overflow.refusedSets), min(known.start, overflow.creation)
            )
        }
        let gauge = order.compactMap { attributes in
            points[attributes].map {
                NumberPoint(attributes: attributes, start: $0.start, value: .int($0.refused))
            }
        }
        return [
            ScopeMetrics(
                scope: OwnMetric.scope,
                metrics: [Metric(descriptor: descriptor, data: .gauge(gauge))])
        ]
    }
}
