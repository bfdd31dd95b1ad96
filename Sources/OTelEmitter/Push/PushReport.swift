/// Decides what is told of documents that can't be posted: the first failure of an outage, then one
/// every ten minutes, and its end; refusals likewise. In an hour `hourlyLimit` lines at most.
struct PushReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8

    private var lines = OutageLines(hourlyLimit: Self.hourlyLimit)

    mutating func failed(
        at time: MonotonicTime, endpoint: String, reason: String
    ) -> EmitterDiagnostic? {
        lines.failed(at: time) ? .pushFailing(endpoint: endpoint, reason: reason) : nil
    }

    mutating func delivered(at time: MonotonicTime, endpoint: String) -> EmitterDiagnostic? {
        lines.worked(at: time).map { .pushRecovered(endpoint: endpoint, after: $0) }
    }
}
