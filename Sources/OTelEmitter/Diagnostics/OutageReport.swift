/// Decides which delivery failures are told: the first of an outage, then one every ten minutes,
/// and its end. An hour of outage is at most eight lines.
struct OutageReport {
    /// Time between two reports of the same outage.
    static let reminderInterval = Duration.seconds(600)

    private var began: MonotonicTime?
    private var lastTold: MonotonicTime?
    private var lostBefore = 0

    /// What to tell when an attempt failed that will be repeated.
    mutating func attemptFailed(
        at time: MonotonicTime, endpoint: String, reason: String, waitingPoints: Int,
        lostPoints: Int
    ) -> EmitterDiagnostic? {
        if began == nil {
            began = time
            lostBefore = lostPoints
        } else if let lastTold, time < lastTold + Self.reminderInterval {
            return nil
        }
        lastTold = time
        return .deliveryFailing(endpoint: endpoint, reason: reason, waitingPoints: waitingPoints)
    }

    /// What to tell when a delivery succeeded.
    mutating func delivered(
        at time: MonotonicTime, endpoint: String, lostPoints: Int
    ) -> EmitterDiagnostic? {
        guard let began else { return nil }
        self.began = nil
        return .deliveryRecovered(
            endpoint: endpoint, after: time - began, lostPoints: lostPoints - lostBefore)
    }
}
