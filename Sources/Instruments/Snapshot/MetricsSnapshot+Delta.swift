/// Differences between two snapshots: a pure function, so reading disturbs nothing and a failed
/// export loses no interval.
extension MetricsSnapshot {
    /// What was measured after `previous`, an earlier snapshot of the same provider, as far as the
    /// values of both tell it.
    ///
    /// Metrics that the preference leaves cumulative stay as they are. Series of the others whose
    /// value is what it was are left out; gauges stay, since a level that is recorded again looks
    /// like one that is not. A difference has no minimum and maximum, and keeps the scale of the
    /// cumulative histogram. Values do not tell which instrument they are from: `.lowMemory` makes
    /// differences of what callbacks observe, too, and an up-down counter that a view made a
    /// histogram of is one.
    ///
    /// - Parameter previous: nil: everything since the series began.
    public func delta(
        since previous: MetricsSnapshot?, preference: TemporalityPreference = .delta
    ) -> MetricsSnapshot {
        MetricsCollection(self).delta(
            since: previous.map { MetricsCollection($0) }, preference: preference)
    }
}
