/// Queries of counters of events that should not happen at all.
extension Selection {
    /// The number of events in the window, or in a gap in the data that ended in it.
    ///
    /// `increase` does not work for this. In Prometheus it begins with the first sample in the
    /// window, so it misses events before the first sample of a series and in a longer gap. In
    /// VictoriaMetrics it begins with 0 after a gap, so it counts old events again. This query
    /// compares each series with its last value before the window instead. There are three cases.
    /// The series may have grown. It may be new or have restarted from 0, so that all its events
    /// are recent. Or it may have restarted and reached the old value again, which shows in the
    /// window or by the restart of the process.
    ///
    /// - Parameters:
    ///   - memory: how far before the window the previous value is looked for. A series that was
    ///     absent for longer counts as new.
    ///   - restarts: the instances whose process has started in the window or in that gap.
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
