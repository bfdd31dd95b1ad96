/// Decides which delivery failures are told: the first of an outage, then one every ten minutes,
/// and its end. In an hour `hourlyLimit` lines at most, however deliveries flap; the end of an
/// outage that was told is told in any case.
struct OutageReport {
    /// Time between two reports of the same outage.
    static let reminderInterval = Duration.seconds(600)
    /// Lines told in an hour at most.
    static let hourlyLimit = 10

    private var lines = OutageLines(hourlyLimit: Self.hourlyLimit)
    /// Points that were lost before the first outage whose end was not told.
    private var lostBefore: Int?

    /// What to tell when an attempt failed that will be repeated.
    mutating func attemptFailed(
        at time: MonotonicTime, endpoint: String, reason: String, waitingPoints: Int,
        lostPoints: Int
    ) -> EmitterDiagnostic? {
        lostBefore = lostBefore ?? lostPoints
        guard lines.failed(at: time) else { return nil }
        return .deliveryFailing(endpoint: endpoint, reason: reason, waitingPoints: waitingPoints)
    }

    /// What to tell when a delivery succeeded.
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
