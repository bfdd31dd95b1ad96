/// What can be asked of counters of events that should not happen at all.
extension Selection {
    /// How many were counted in the window, or in a gap in the data that ended in it.
    ///
    /// An increase is of no use: Prometheus' begins with the first sample in the window, and misses
    /// what was counted before a series was first seen and in a longer gap; VictoriaMetrics' begins
    /// with 0 after a gap, and counts anew what is old. So each series is compared with its last
    /// value before the window. It may have grown; or be new, or count anew after a restart, and all
    /// that it has is of now; or have counted anew as much as before, which shows in the window or by
    /// the restart itself.
    ///
    /// - Parameters:
    ///   - memory: how far before the window the value before it is looked for. What was away for
    ///     longer is new.
    ///   - restarts: the instances whose process has begun in the window, or in that gap.
    func events(
        _ window: Window, memory: Window, restarts: Query, by keys: [String]
    ) throws(QueryProblem) -> Query {
        let (now, before) = (try total(), try offset(window).last(memory))
        let counted = try now.above(.number(0))
        let grown = try now.minus(before).above(.number(0))
        let new = try counted.unless(now.atLeast(before))
        let again = try counted.and(highest(window).above(times: lowest(window)))
        let restarted = try counted.aggregated("sum", by: keys).and(restarts)
        return try grown.or(new).or(again).aggregated("sum", by: keys).or(restarted)
    }
}
