/// Decides what is told of data points that are too large for any request.
struct OmissionReport {
    private var refusals = RefusalReport()

    /// What to tell of them, if it is time to.
    mutating func omitted(
        _ points: Int, of metric: String, at time: MonotonicTime
    ) -> EmitterDiagnostic? {
        refusals.refused(
            at: time, endpoint: "The limit of a request's size",
            reason: "metric \"\(CollectorText.shown(metric))\" has data points that exceed it",
            points: points)
    }
}
