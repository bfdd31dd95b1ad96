internal import Instruments

/// Queries of histograms.
extension Selection {
    /// The value below which this part of the recordings lies.
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

    /// The number of recordings per second.
    func recordings(_ window: Window = .panel) throws(QueryProblem) -> Query {
        try require(.histograms, for: "recordings")
        return try over(window, "rate", of: "_count", .perSecond)
    }

    /// 1 for each instance that has recorded less than before, which means that its process has
    /// restarted.
    ///
    /// - Parameters:
    ///   - window: the age of the value that the current one is compared with.
    ///   - memory: how much older than that the value may be.
    func restarts(within window: Window, memory: Window) throws(QueryProblem) -> Query {
        try require(.histograms, for: "restarts")
        let now = Query(text: series("_count"), labels: labels, self, .number)
        let before = try offset(window).over(memory, "last_over_time", of: "_count", .number)
        return try now.below(before).aggregated("group", by: [])
    }

    /// The sum of the recorded values per second.
    func throughput(_ window: Window = .panel) throws(QueryProblem) -> Query {
        try require(.histograms, for: "throughput")
        return try over(window, "rate", of: "_sum", try quantity().perSecond())
    }

    /// The mean of the values recorded in the window.
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
