import Instruments

/// What has to hold for the times of points (checklist A7.3, A7.7); the two SDKs run at different
/// times, so this is no comparison.
enum TimeRules {
    static func faults(in snapshot: MetricsSnapshot, after last: MetricsSnapshot?) -> [String] {
        var faults: [String] = []
        if let last, snapshot.time <= last.time { faults.append("the time did not advance") }
        for point in points(snapshot) where point.start >= snapshot.time || point.start == 0 {
            faults.append("\(point.name) starts at \(point.start), ends at \(snapshot.time)")
        }
        return faults
    }

    /// Differences begin where the last ones ended: no gap, no overlap.
    static func faults(
        inDelta delta: MetricsSnapshot, since previous: MetricsSnapshot?
    ) -> [String] {
        points(delta).compactMap { point in
            guard point.isDelta, let previous, point.start != previous.time else { return nil }
            return "\(point.name) starts at \(point.start), not at \(previous.time)"
        }
    }

    private static func points(
        _ snapshot: MetricsSnapshot
    ) -> [(name: String, start: UInt64, isDelta: Bool)] {
        snapshot.scopes.flatMap(\.metrics).flatMap { metric in
            let name = metric.descriptor.name
            return switch metric.data {
            case .sum(let points, _, let temporality):
                points.map { (name, $0.start, temporality == .delta) }
            case .gauge(let points): points.map { (name, $0.start, false) }
            case .histogram(let points, _, let temporality):
                points.map { (name, $0.start, temporality == .delta) }
            case .exponentialHistogram(let points, let temporality):
                points.map { (name, $0.start, temporality == .delta) }
            }
        }
    }
}
