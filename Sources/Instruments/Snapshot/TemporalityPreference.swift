/// Which metrics are exported as differences (checklist A7.6).
public enum TemporalityPreference: Sendable, Hashable, CaseIterable {
    /// None: every point reaches back to the start of its series.
    case cumulative
    /// Counters and histograms; up-down counters stay cumulative.
    case delta
    /// Counters and histograms whose values are recorded; what callbacks observe stays cumulative,
    /// so that nobody has to remember it.
    case lowMemory

    /// Whether a metric has to be made a difference. The kind of instrument decides, also where a
    /// view makes a histogram of it. What a producer gives as a difference is one already.
    func isDelta(_ metric: MarkedMetric) -> Bool {
        let data = metric.metric.data
        if metric.marks.source.isUpDown || data.temporality == .delta { return false }
        return switch (self, data) {
        case (.cumulative, _), (_, .gauge), (_, .sum(_, isMonotonic: false, _)): false
        case (.delta, _): true
        case (.lowMemory, _): !metric.marks.source.isObservable
        }
    }
}
