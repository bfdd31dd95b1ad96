/// Decides when to report that something fails or works again: at the first failure, then once in
/// every `OutageReport.reminderInterval` while it lasts, and at the end if the outage was reported
/// at all.
struct OutageLines {
    private var budget: LineBudget
    private var began: MonotonicTime?
    /// When the outage was last reported, or nil if it was not.
    private var lastTold: MonotonicTime?

    /// - Parameter hourlyLimit: the number of lines in an hour, however often it fails and works
    ///   again. One of them is kept for the end.
    init(hourlyLimit: Int) {
        budget = LineBudget(hourlyLimit)
    }

    /// Notes a failure. Returns whether to report it now.
    mutating func failed(at time: MonotonicTime) -> Bool {
        began = began ?? time
        if let lastTold, time < lastTold + OutageReport.reminderInterval { return false }
        guard budget.has(2, at: time) else { return false }
        budget.spend(at: time)
        lastTold = time
        return true
    }

    /// Notes a success. Returns how long the outage lasted, or nil if there is none to report.
    mutating func worked(at time: MonotonicTime) -> Duration? {
        defer { (began, lastTold) = (nil, nil) }
        guard let began, lastTold != nil else { return nil }
        budget.spend(at: time)
        return time - began
    }
}
