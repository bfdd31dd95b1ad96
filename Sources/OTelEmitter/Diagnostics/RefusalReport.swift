/// Decides which refused batches are told: the first, each new reason, and then one every ten minutes
/// with the sum of what was refused since.
struct RefusalReport {
    private var lastTold: MonotonicTime?
    private var lastReason = ""
    private var untoldPoints = 0

    /// What to tell when a collector has refused a batch for good.
    mutating func refused(
        at time: MonotonicTime, endpoint: String, reason: String, points: Int
    ) -> EmitterDiagnostic? {
        untoldPoints += points
        if let lastTold, reason == lastReason, time < lastTold + OutageReport.reminderInterval {
            return nil
        }
        lastTold = time
        lastReason = reason
        defer { untoldPoints = 0 }
        return .rejected(endpoint: endpoint, reason: reason, points: untoldPoints)
    }
}
