/// Decides what is told of documents that can't be posted: the first failure of an outage, then one
/// every ten minutes, and its end; refusals likewise. In an hour `hourlyLimit` lines at most.
struct PushReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8

    private var budget = LineBudget(Self.hourlyLimit)
    private var began: MonotonicTime?
    private var lastTold: MonotonicTime?

    mutating func failed(
        at time: MonotonicTime, endpoint: String, reason: String
    ) -> EmitterDiagnostic? {
        began = began ?? time
        if let lastTold, time < lastTold + OutageReport.reminderInterval { return nil }
        // One is kept for the end.
        guard budget.has(2, at: time) else { return nil }
        budget.spend(at: time)
        lastTold = time
        return .pushFailing(endpoint: endpoint, reason: reason)
    }

    mutating func delivered(at time: MonotonicTime, endpoint: String) -> EmitterDiagnostic? {
        defer { (began, lastTold) = (nil, nil) }
        guard let began, lastTold != nil else { return nil }
        budget.spend(at: time)
        return .pushRecovered(endpoint: endpoint, after: time - began)
    }
}
