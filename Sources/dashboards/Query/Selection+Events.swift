/// What can be asked of counters of events that should not happen at all.
extension Selection {
    /// Where something was counted in the window, and of what was not there in the window before
    /// it, what was counted at all: an increase begins with the first sample, and misses what
    /// happened earlier.
    ///
    /// After a longer gap in the data what was counted before it comes again. A shorter one, such as
    /// a scrape that failed, is no beginning.
    func events(_ window: Window, by keys: String...) throws(QueryProblem) -> Query {
        let increase = try increase(window).aggregated("sum", by: keys).above(.number(0))
        let total = try total().aggregated("sum", by: keys).above(.number(0))
        return try increase.or(
            total.unless(offset(window).presence(window, by: keys)))
    }
}
