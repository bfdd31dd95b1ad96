internal import Instruments

/// What can be asked of histograms.
extension Selection {
    /// The value that this part of the recordings stays below.
    func quantile(
        _ part: Double, _ window: Window = .panel, by keys: String...
    ) throws(QueryProblem) -> Query {
        try require(.histograms, for: "quantile")
        guard metric.hasBuckets else {
            throw QueryProblem("\(metric.name) has no buckets, and so no quantile")
        }
        let rates = try over(window, "rate", of: "_bucket", .number)
        let buckets = try Query(
            text: rates.text, labels: labels + ["le"], self, try quantity()
        ).aggregated("sum", by: keys, first: ["le"])
        return Query(
            text: "histogram_quantile(\(part), \(buckets.text))",
            labels: buckets.labels.filter { $0 != "le" }, self, buckets.quantity)
    }

    /// Recordings each second.
    func recordings(_ window: Window = .panel) throws(QueryProblem) -> Query {
        try require(.histograms, for: "recordings")
        return try over(window, "rate", of: "_count", .perSecond)
    }

    /// 1 for each instance that has recorded less than before, so that its process is another one.
    ///
    /// - Parameters:
    ///   - window: what is compared with is older than this, …
    ///   - memory: … and is looked for so far back from there.
    func restarts(within window: Window, memory: Window) throws(QueryProblem) -> Query {
        try require(.histograms, for: "restarts")
        let now = Query(text: series("_count"), labels: labels, self, .number)
        let before = try offset(window).over(memory, "last_over_time", of: "_count", .number)
        return try now.below(before).aggregated("group", by: [])
    }

    /// The sum of what is recorded each second.
    func throughput(_ window: Window = .panel) throws(QueryProblem) -> Query {
        try require(.histograms, for: "throughput")
        return try over(window, "rate", of: "_sum", try quantity().perSecond())
    }

    /// The mean of what was recorded in the window.
    func average(
        _ window: Window = .panel, by keys: String...
    ) throws(QueryProblem) -> Query {
        try require(.histograms, for: "average")
        let sum = try over(window, "rate", of: "_sum", try quantity())
            .aggregated("sum", by: keys)
        let count = try over(window, "rate", of: "_count", try quantity())
            .aggregated("sum", by: keys)
        return Query(
            text: "\(sum.text) / \(count.text)", labels: sum.labels, self, sum.quantity,
            isCompound: true)
    }
}
