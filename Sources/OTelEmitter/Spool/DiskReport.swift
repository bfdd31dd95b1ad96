/// Decides what is reported about the spool. A failing disk is reported when it begins to fail,
/// every ten minutes while it lasts, and when the disk works again. Batches that were given up and
/// files that could not be read are reported as the sum of ten minutes. If the disk fails and works
/// by turns, there are at most `hourlyLimit` lines in an hour.
struct DiskReport {
    /// The highest number of lines in an hour.
    static let hourlyLimit = 8

    private var budget = LineBudget(Self.hourlyLimit)
    /// The current failure, or nil if the disk works.
    private var trouble: SpoolError?
    /// When the failure was last reported, or nil if it was not.
    private var troubleTold: MonotonicTime?
    private var untoldLosses = 0
    private var untoldFiles = 0
    private var lossesTold: MonotonicTime?

    /// What to report after a change, or while a failure continues without one.
    mutating func changed(
        _ change: SpoolChange, at time: MonotonicTime, waitingPoints: Int
    ) -> [EmitterDiagnostic] {
        // A failure that is over already is reported only if it also began in this change.
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
        // One line is kept for the end.
        guard let trouble, budget.has(2, at: time) else { return nil }
        if let troubleTold, time < troubleTold + OutageReport.reminderInterval { return nil }
        troubleTold = time
        return .spoolFailing(reason: trouble.description, waitingPoints: waitingPoints)
    }

    /// If a failure was reported, its end is always reported.
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
