/// Decides what is told of the spool: that the disk makes trouble, again every ten minutes while it
/// lasts, and that it works again; what was given up and what could not be read, with the sum of
/// ten minutes. In an hour `hourlyLimit` lines at most, however the disk flaps.
struct DiskReport {
    /// Lines told in an hour at most.
    static let hourlyLimit = 8

    private var budget = LineBudget(Self.hourlyLimit)
    /// The trouble that lasts; nil if the disk works.
    private var trouble: SpoolError?
    /// When the trouble was told last; nil if it was not.
    private var troubleTold: MonotonicTime?
    private var untoldLosses = 0
    private var untoldFiles = 0
    private var lossesTold: MonotonicTime?

    /// What to tell of a change, or of what goes on without one.
    mutating func changed(
        _ change: SpoolChange, at time: MonotonicTime, waitingPoints: Int
    ) -> [EmitterDiagnostic] {
        // Trouble that is over is told only if this change brought it.
        trouble = change.trouble ?? (change.recovered == nil ? trouble : nil)
        var lines = [failing(at: time, waitingPoints), recovered(change)].compactMap { $0 }
        untoldLosses += change.lost.values.reduce(0, +)
        untoldFiles += change.skippedFiles
        if let line = losses(at: time) { lines.append(line) }
        budget.spend(lines.count, at: time)
        return lines
    }

    private mutating func failing(
        at time: MonotonicTime, _ waitingPoints: Int
    ) -> EmitterDiagnostic? {
        // One is kept for the end.
        guard let trouble, budget.has(2, at: time) else { return nil }
        if let troubleTold, time < troubleTold + OutageReport.reminderInterval { return nil }
        troubleTold = time
        return .spoolFailing(reason: trouble.description, waitingPoints: waitingPoints)
    }

    /// The end of what was told is always told.
    private mutating func recovered(_ change: SpoolChange) -> EmitterDiagnostic? {
        guard let outage = change.recovered else { return nil }
        trouble = nil
        guard troubleTold != nil else { return nil }
        troubleTold = nil
        return .spoolRecovered(after: outage)
    }

    private mutating func losses(at time: MonotonicTime) -> EmitterDiagnostic? {
        guard untoldLosses + untoldFiles > 0, budget.has(at: time) else { return nil }
        if let lossesTold, time < lossesTold + OutageReport.reminderInterval { return nil }
        lossesTold = time
        defer { (untoldLosses, untoldFiles) = (0, 0) }
        return .spoolGaveUp(points: untoldLosses, unreadableFiles: untoldFiles)
    }
}
