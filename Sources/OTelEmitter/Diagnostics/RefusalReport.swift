/// Decides which refusals are told: each new reason, and one reason again every ten minutes with the
/// sum of what was refused since; in an hour `hourlyLimit` lines at most, whatever receivers say.
struct RefusalReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8
    private static let hour = Duration.seconds(3600)

    /// When the latest lines were told, the oldest first.
    private var told: [MonotonicTime] = []
    private var lastReason = ""
    private var untoldPoints = 0

    /// What to tell when a collector has refused data points for good.
    mutating func refused(
        at time: MonotonicTime, endpoint: String, reason: String, points: Int
    ) -> EmitterDiagnostic? {
        untoldPoints += points
        told.removeAll { $0 + Self.hour <= time }
        if told.count >= Self.hourlyLimit { return nil }
        if let last = told.last, reason == lastReason,
            time < last + OutageReport.reminderInterval
        {
            return nil
        }
        told.append(time)
        lastReason = reason
        defer { untoldPoints = 0 }
        return .rejected(endpoint: endpoint, reason: reason, points: untoldPoints)
    }
}
