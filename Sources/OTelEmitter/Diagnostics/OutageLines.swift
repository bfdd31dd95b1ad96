/// When lines of something that fails and works again are due: at the first failure, then one every
/// `OutageReport.reminderInterval` while it lasts, and at its end if any of it was told.
struct OutageLines {
    private var budget: LineBudget
    private var began: MonotonicTime?
    /// When the outage was told last; nil if it was not.
    private var lastTold: MonotonicTime?

    /// - Parameter hourlyLimit: lines in an hour, however often it fails and works again; one is
    ///   kept for the end.
    init(hourlyLimit: Int) {
        budget = LineBudget(hourlyLimit)
    }

    /// It fails. Whether that is told now.
    mutating func failed(at time: MonotonicTime) -> Bool {
        began = began ?? time
        if let lastTold, time < lastTold + OutageReport.reminderInterval { return false }
        guard budget.has(2, at: time) else { return false }
        budget.spend(at: time)
        lastTold = time
        return true
    }

    /// It works. How long it did not, if that is told.
    mutating func worked(at time: MonotonicTime) -> Duration? {
        defer { (began, lastTold) = (nil, nil) }
        guard let began, lastTold != nil else { return nil }
        budget.spend(at: time)
        return time - began
    }
}
