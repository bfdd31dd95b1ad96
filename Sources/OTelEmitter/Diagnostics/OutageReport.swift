/// Decides which delivery failures are reported: the first of an outage, then one every ten
/// minutes, and the end of the outage. If deliveries fail and work by turns, there are at most
/// `hourlyLimit` lines in an hour. The end of an outage that was reported is always reported.
struct OutageReport {
    /// The time between two reports of the same outage.
    static let reminderInterval = Duration.seconds(600)
    /// The highest number of lines in an hour.
    static let hourlyLimit = 10

    private var lines = OutageLines(hourlyLimit: Self.hourlyLimit)
    /// The number of points that had been lost before the first outage whose end is not reported
    /// yet.
    private var lostBefore: Int?

    /// What to report after an attempt that failed and will be repeated.
    mutating func attemptFailed(
        at time: MonotonicTime, endpoint: String, reason: String, waitingPoints: Int,
        lostPoints: Int
    ) -> EmitterDiagnostic? {
        lostBefore = lostBefore ?? lostPoints
        guard lines.failed(at: time) else { return nil }
        return .deliveryFailing(endpoint: endpoint, reason: reason, waitingPoints: waitingPoints)
    }

    /// What to report after a successful delivery.
    mutating func delivered(
        at time: MonotonicTime, endpoint: String, lostPoints: Int
    ) -> EmitterDiagnostic? {
        guard let outage = lines.worked(at: time) else { return nil }
        defer { lostBefore = nil }
        return .deliveryRecovered(
            endpoint: endpoint, after: outage,
            lostPoints: lostPoints - (lostBefore ?? lostPoints))
    }
}
