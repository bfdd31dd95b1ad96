/// Decides which refusals are told: each new cause, and the same one again every ten minutes with
/// the sum of what was refused since; in an hour `hourlyLimit` lines at most, whatever receivers
/// say.
///
/// A cause is an endpoint and its reason; each has a sum of its own.
struct RefusalReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8
    /// Causes that are told apart; what older ones have untold is summed up.
    static let causeLimit = 16

    private struct Cause {
        var endpoint = ""
        var reason = ""
        var untoldPoints = 0
        var lastTold: MonotonicTime?

        func isDue(at time: MonotonicTime) -> Bool {
            lastTold.map { $0 + OutageReport.reminderInterval <= time } ?? true
        }

        mutating func tell(at time: MonotonicTime) -> EmitterDiagnostic {
            lastTold = time
            defer { untoldPoints = 0 }
            return .rejected(endpoint: endpoint, reason: reason, points: untoldPoints)
        }
    }

    private var budget = LineBudget(Self.hourlyLimit)
    /// In the order in which they were met.
    private var causes: [Cause] = []
    /// What causes had untold that had to make room.
    private var others = Cause(reason: "several reasons")

    /// What to tell when a collector has refused data points for good: of this cause, or of an
    /// earlier one that has points untold.
    mutating func refused(
        at time: MonotonicTime, endpoint: String, reason: String, points: Int
    ) -> EmitterDiagnostic? {
        let index = index(endpoint, reason, at: time)
        causes[index].untoldPoints += points
        guard budget.has(at: time) else { return nil }
        let line = line(index, at: time)
        if line != nil { budget.spend(at: time) }
        return line
    }

    private mutating func line(_ latest: Int, at time: MonotonicTime) -> EmitterDiagnostic? {
        // Before a new cause: a receiver that gives ever new ones would keep it from being told.
        if others.untoldPoints > 0, others.isDue(at: time) { return others.tell(at: time) }
        if causes[latest].isDue(at: time) { return causes[latest].tell(at: time) }
        let earlier = causes.firstIndex { $0.untoldPoints > 0 && $0.isDue(at: time) }
        return earlier.map { causes[$0].tell(at: time) }
    }

    /// Where the cause is; a new one comes last, and the oldest makes room for it.
    private mutating func index(
        _ endpoint: String, _ reason: String, at time: MonotonicTime
    ) -> Int {
        let known = causes.firstIndex { $0.endpoint == endpoint && $0.reason == reason }
        if let known { return known }
        if causes.count >= Self.causeLimit {
            let oldest = causes.removeFirst()
            others.endpoint = oldest.endpoint
            others.untoldPoints += oldest.untoldPoints
            // It is summed up for a while first.
            others.lastTold = others.lastTold ?? time
        }
        causes.append(Cause(endpoint: endpoint, reason: reason))
        return causes.count - 1
    }
}
